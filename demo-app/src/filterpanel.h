#pragma once

#include <QtWidgets/QScrollArea>

class QCheckBox;
class QLabel;
class QVBoxLayout;

namespace Darkroom {

class FilterStack;
struct FilterStep;

/// One filter: a check box, its milliseconds, and sliders for its values while it is applied.
class FilterRow : public QWidget
{
    Q_OBJECT
public:
    explicit FilterRow(const FilterStep &step, QWidget *parent = nullptr);

    void setStep(const FilterStep &step);

Q_SIGNALS:
    void toggled(bool isApplied);
    void valueChanged(const QString &parameter, int value);

private:
    QWidget *makeSliders(const FilterStep &step);

    QCheckBox *m_check;
    QLabel *m_time;
    QLabel *m_note;
    QWidget *m_sliders;
};

/// The filters of a FilterStack, one row each, to be applied and adjusted.
class FilterPanel : public QScrollArea
{
    Q_OBJECT
public:
    explicit FilterPanel(FilterStack &stack, QWidget *parent = nullptr);

private:
    void addRow(int index);
    void removeRow(int index);
    void updateRow(int index);
    void updateSummary();

    FilterStack &m_stack;
    QList<FilterRow *> m_rows;
    QVBoxLayout *m_layout;
    QLabel *m_summary;
    QLabel *m_empty;
};

} // namespace Darkroom
