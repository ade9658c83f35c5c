// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sources/wizard_page.h"

class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QRadioButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;

namespace daymark::ui {

class FieldNote;
class PlacesModel;
class PlaceRowsModel;

/// Which table, file or query holds the rows, and where finished days are announced.
class DataPage : public WizardPage
{
    Q_OBJECT

public:
    explicit DataPage(SourceWizard& wizard);

    void initializePage() override;
    [[nodiscard]] bool isComplete() const override;

protected:
    [[nodiscard]] bool leave() override;
    void stopAsking() override { m_look.cancel(); }

private:
    void setupChoice();
    QWidget* makePlaces();
    QWidget* makeQuery();
    QWidget* makeSample();
    void setupSignals();

    void fillPlaces();
    void fillSignals();
    void selectFirst();
    void takeOver();
    [[nodiscard]] std::string key() const;
    [[nodiscard]] bool usesQuery() const;
    void look(bool thenGoOn);
    void showSample(const std::string& key, const Result<PlaceSample>& sample, bool thenGoOn);
    void forgetSample();

    Request m_look;
    std::string m_lookedAt;
    bool m_filling = false;
    PlacesModel* m_places = nullptr;
    QSortFilterProxyModel* m_filter = nullptr;
    PlaceRowsModel* m_sampleModel = nullptr;
    QWidget* m_choice = nullptr;
    QRadioButton* m_byTable = nullptr;
    QRadioButton* m_byQuery = nullptr;
    QStackedWidget* m_ways = nullptr;
    QTableView* m_table = nullptr;
    QLineEdit* m_search = nullptr;
    QPlainTextEdit* m_query = nullptr;
    QLabel* m_sampleTitle = nullptr;
    QTableView* m_sample = nullptr;
    FieldNote* m_note = nullptr;
    QComboBox* m_signals = nullptr;
};

} // namespace daymark::ui
