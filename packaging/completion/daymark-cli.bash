# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of daymark-cli for bash: commands, options, their choices, and the names of sources.

# The names of the workspace's sources, one a line.
_daymark_cli_names()
{
    local i common=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        if [[ "${COMP_WORDS[i]}" == --workspace ]]; then
            common=(--workspace "${COMP_WORDS[i + 1]}")
        fi
    done
    "${COMP_WORDS[0]}" "${common[@]}" --quiet source list --names 2>/dev/null
}

# The first words that are no options and no options' values: the command so far.
_daymark_cli_command()
{
    local i words=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "${COMP_WORDS[i]}" in
        --workspace | --now) ((i++)) ;;
        -*) ;;
        *) words+=("${COMP_WORDS[i]}") ;;
        esac
    done
    case "${words[0]:-}" in
    source | id-type | metric | run | notice) echo "${words[*]:0:2}" ;;
    *) echo "${words[0]:-}" ;;
    esac
}

_daymark_cli_options()
{
    local place="--uri --table --query --signal-table --map --set"
    local policy="--order --unit-day --horizon-days --first-day --time-zone --tolerance"
    policy+=" --poll-minutes --staleness-days --recheck --recheck-days --keep-versions --keep-days"
    policy+=" --reimport-automatically-above --schema-changes"
    case "$1" in
    '') echo "--version" ;;
    'source add') echo "--kind --dataset $place $policy" ;;
    'source edit') echo "$place $policy" ;;
    'source remove') echo "--keep-data" ;;
    'source list') echo "--names" ;;
    'source secret') echo "--remove" ;;
    'source ddl') echo "--kind --role --schema --table --signal-table" ;;
    calendar) echo "--from --to --as-of" ;;
    'run export') echo "--to-file" ;;
    explain) echo "--probe" ;;
    preview) echo "--day --rows --all" ;;
    skip) echo "--reason" ;;
    import) echo "--no-poll --day" ;;
    reimport) echo "--reason --dry-run --yes" ;;
    rollback) echo "--run --forward --reason --dry-run --yes" ;;
    recheck) echo "--day" ;;
    'notice webhook' | 'notice command') echo "--remove" ;;
    'notice mute') echo "--hours --off" ;;
    runs) echo "--limit" ;;
    catalog) echo "--all" ;;
    rows) echo "--day --metric --limit" ;;
    export) echo "--from --to --to-file" ;;
    check) echo "--full" ;;
    repair) echo "--dry-run --from" ;;
    support-bundle) echo "--to-file" ;;
    'source backfill' | 'source start-over') echo "--from --reason --dry-run --yes" ;;
    watch) echo "--once" ;;
    esac
    echo "--workspace --now --json --quiet --help"
}

_daymark_cli_words()
{
    case "$1" in
    '')
        echo "init upgrade demo source id-type preview poll calendar explain import signal skip reopen"
        echo "reimport rollback versions recheck notice runs run catalog metric rows export check watch"
        echo "repair support-bundle"
        ;;
    source)
        echo "add list show edit enable disable remove test accept backfill start-over secret ddl"
        ;;
    id-type) echo "list add" ;;
    metric) echo "show" ;;
    run) echo "show export proof" ;;
    notice) echo "show webhook command mute test" ;;
    esac
}

# Offers the names that begin with $1, quoted: a name is data, never a piece of the shell's language.
_daymark_cli_offer_names()
{
    local name
    while IFS= read -r name; do
        [[ "$name" == "$1"* ]] && COMPREPLY+=("$(printf '%q' "$name")")
    done < <(_daymark_cli_names)
}

_daymark_cli()
{
    local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD - 1]}" command
    COMPREPLY=()
    case "$previous" in
    --workspace | --uri | --to-file)
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        compopt -o filenames 2>/dev/null
        return
        ;;
    --kind)
        mapfile -t COMPREPLY < <(compgen -W "files postgres sqlite" -- "$current")
        return
        ;;
    --dataset)
        mapfile -t COMPREPLY < <(compgen -W "metrics" -- "$current")
        return
        ;;
    --order)
        mapfile -t COMPREPLY < <(compgen -W "strict high-water" -- "$current")
        return
        ;;
    --unit-day)
        mapfile -t COMPREPLY < <(compgen -W "reject first sum" -- "$current")
        return
        ;;
    --recheck)
        mapfile -t COMPREPLY < <(compgen -W "full count" -- "$current")
        return
        ;;
    --schema-changes)
        mapfile -t COMPREPLY < <(compgen -W "gone=block gone=warn gone=accept new=block new=warn \
            new=accept type=block type=warn type=accept" -- "$current")
        return
        ;;
    --now | --table | --query | --signal-table | --map | --set | --horizon-days | --first-day | \
        --time-zone | --tolerance | --poll-minutes | --staleness-days | --from | --to | --day | \
        --rows | --reason | --limit | --metric | --role | --schema | --run | --recheck-days | \
        --keep-versions | --keep-days | --hours | --as-of | --reimport-automatically-above)
        return
        ;;
    esac
    command="$(_daymark_cli_command)"
    if [[ "$current" == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_daymark_cli_options "$command")" -- "$current")
        return
    fi
    case "$command" in
    'source show' | 'source edit' | 'source enable' | 'source disable' | 'source remove' | \
        'source test' | 'source secret' | 'source accept' | 'source backfill' | \
        'source start-over' | preview | poll | calendar | explain | import | signal | \
        skip | reopen | reimport | rollback | versions | recheck | runs | rows | export)
        _daymark_cli_offer_names "$current"
        ;;
    'run proof')
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        compopt -o filenames 2>/dev/null
        ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$(_daymark_cli_words "$command")" -- "$current") ;;
    esac
}

complete -F _daymark_cli daymark-cli
