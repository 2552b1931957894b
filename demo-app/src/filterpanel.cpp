#include "filterpanel.h"

#include "filterstack.h"
#include "theme.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSlider>
#include <QtWidgets/QVBoxLayout>

namespace Darkroom {

namespace {

constexpr int slidersIndent = 22; // below the text of the check box

QLabel *mutedLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setFont(sized(-1));
    return label;
}

} // namespace

FilterRow::FilterRow(const FilterStep &step, QWidget *parent)
    : QWidget(parent)
    , m_check(new QCheckBox(step.title, this))
    , m_time(mutedLabel(this))
    , m_note(mutedLabel(this))
    , m_sliders(makeSliders(step))
{
    m_time->setFont(fixedFont());
    m_note->setWordWrap(true);
    m_note->setIndent(slidersIndent);
    m_check->setToolTip(step.pluginId);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(16, 4, 16, 4);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(0, 1);
    grid->addWidget(m_check, 0, 0);
    grid->addWidget(m_time, 0, 1);
    grid->addWidget(m_note, 1, 0, 1, 2);
    grid->addWidget(m_sliders, 2, 0, 1, 2);
    connect(m_check, &QCheckBox::toggled, this, &FilterRow::toggled);
    setStep(step);
}

QWidget *FilterRow::makeSliders(const FilterStep &step)
{
    auto *sliders = new QWidget(this);
    auto *grid = new QGridLayout(sliders);
    grid->setContentsMargins(slidersIndent, 0, 0, 4);
    grid->setHorizontalSpacing(10);
    grid->setColumnStretch(1, 1);
    for (const FilterParameter &parameter : step.parameters) {
        auto *title = mutedLabel(sliders);
        title->setText(parameter.title);
        title->setMinimumWidth(title->fontMetrics().horizontalAdvance(QStringLiteral("Line weight ")));
        auto *value = mutedLabel(sliders);
        value->setAlignment(Qt::AlignRight);
        value->setMinimumWidth(value->fontMetrics().horizontalAdvance(QStringLiteral("000 px")));
        auto *slider = new QSlider(Qt::Horizontal, sliders);
        slider->setRange(parameter.minimum, parameter.maximum);
        slider->setAccessibleName(step.title + QStringLiteral(": ") + parameter.title);
        title->setBuddy(slider);
        const auto show = [value, unit = parameter.unit](
                              int number) { value->setText(QString::number(number) + unit); };
        slider->setValue(parameter.value);
        show(parameter.value);
        connect(slider, &QSlider::valueChanged, this, [this, show, name = parameter.name](int number) {
            show(number);
            Q_EMIT valueChanged(name, number);
        });
        const int row = grid->rowCount();
        grid->addWidget(title, row, 0);
        grid->addWidget(slider, row, 1);
        grid->addWidget(value, row, 2);
    }
    return sliders;
}

void FilterRow::setStep(const FilterStep &step)
{
    const QSignalBlocker blocker(m_check);
    m_check->setChecked(step.isApplied);
    const bool isAway = step.filter.isNull();
    m_time->setText(
        step.isApplied && !isAway && step.milliseconds >= 0 ? tr("%1 ms").arg(step.milliseconds) : QString());
    QString note;
    if (isAway)
        note = tr("Waits for %1").arg(step.pluginId);
    else if (!step.error.isNull())
        note = step.error.message();
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_sliders->setVisible(step.isApplied && !isAway && !step.parameters.isEmpty());
}

FilterPanel::FilterPanel(FilterStack &stack, QWidget *parent)
    : QScrollArea(parent)
    , m_stack(stack)
{
    auto *content = new QWidget(this);
    content->setBackgroundRole(QPalette::Base);
    content->setAutoFillBackground(true);
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins(0, 12, 0, 12);
    m_layout->setSpacing(2);

    auto *heading = new QHBoxLayout;
    heading->setContentsMargins(16, 0, 16, 6);
    auto *title = new QLabel(tr("Filters"), content);
    title->setFont(headingFont());
    title->setForegroundRole(QPalette::PlaceholderText);
    m_summary = mutedLabel(content);
    heading->addWidget(title);
    heading->addStretch();
    heading->addWidget(m_summary);
    m_layout->addLayout(heading);

    m_empty = mutedLabel(content);
    m_empty->setText(tr("Plugins add filters here."));
    m_empty->setContentsMargins(16, 4, 16, 4);
    m_layout->addWidget(m_empty);
    m_layout->addStretch();
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    connect(&stack, &FilterStack::stepAdded, this, &FilterPanel::addRow);
    connect(&stack, &FilterStack::stepRemoved, this, &FilterPanel::removeRow);
    connect(&stack, &FilterStack::stepChanged, this, &FilterPanel::updateRow);
    for (int index = 0; index < stack.steps().size(); ++index)
        addRow(index);
    updateSummary();
}

void FilterPanel::addRow(int index)
{
    auto *row = new FilterRow(m_stack.steps().at(index), widget());
    connect(row, &FilterRow::toggled, this,
        [this, row](bool isApplied) { m_stack.setApplied(static_cast<int>(m_rows.indexOf(row)), isApplied); });
    connect(row, &FilterRow::valueChanged, this, [this, row](const QString &parameter, int value) {
        m_stack.setValue(static_cast<int>(m_rows.indexOf(row)), parameter, value);
    });
    m_rows.insert(index, row);
    // heading and empty note come first
    m_layout->insertWidget(index + 2, row);
    updateSummary();
}

void FilterPanel::removeRow(int index)
{
    FilterRow *row = m_rows.takeAt(index);
    row->hide();
    // It may be the row whose check box is being clicked.
    row->deleteLater();
    updateSummary();
}

void FilterPanel::updateRow(int index)
{
    m_rows.at(index)->setStep(m_stack.steps().at(index));
    updateSummary();
}

void FilterPanel::updateSummary()
{
    int applied = 0;
    qint64 milliseconds = 0;
    for (const FilterStep &step : m_stack.steps()) {
        if (step.isApplied && !step.filter.isNull()) {
            ++applied;
            milliseconds += qMax<qint64>(0, step.milliseconds);
        }
    }
    m_empty->setVisible(m_rows.isEmpty());
    m_summary->setText(applied == 0 ? QString() : tr("%1 applied · %2 ms").arg(applied).arg(milliseconds));
}

} // namespace Darkroom
