// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/checks/certificate_columns.h"

#include <QCoreApplication>
#include <QStringList>
#include <array>

#include "core/bounds/accumulator_policy.h"
#include "core/bounds/channel_derivation.h"
#include "views/common/number_text.h"

namespace a2q::views {
namespace {

/// Texts of the cells, for translation.
class Words {
  Q_DECLARE_TR_FUNCTIONS(CertificateModel)
};

QString dash() { return QStringLiteral("–"); }

QString rangeText(const LayerBound& layer) {
  return QStringLiteral("[%1, %2]").arg(grouped(layer.range.low), grouped(layer.range.high));
}

QString marginText(const LayerBound& layer) {
  if (!layer.margin) return dash();
  return QStringLiteral("%1 (%2)").arg(bitsText(layer.margin->bits),
                                       percentText(layer.margin->percent / 100));
}

QString inputText(const LayerBound& layer) {
  const QString sign = layer.input_format.isSigned() ? Words::tr("signed") : Words::tr("unsigned");
  return QStringLiteral("%1 %2").arg(layer.input_format.width.bits).arg(sign);
}

QString verdictText(const LayerBound& layer) {
  if (!layer.accumulator) return Words::tr("no target");
  return layer.safe() ? Words::tr("safe") : Words::tr("OVERFLOW");
}

/// The width of a policy, marked where the exact range needs more.
template <AccumulatorPolicy Policy>
QString policyCell(const LayerBound& layer) {
  const auto width = accumulatorUnder(Policy, layer);
  if (!width) return Words::tr("free");
  const QString mark = layer.smallest > *width ? QStringLiteral(" ✗") : QString();
  return QString::number(width->bits) + mark;
}

constexpr std::array kColumns{
    CertificateColumn{QT_TRANSLATE_NOOP("CertificateModel", "Layer"),
                      QT_TRANSLATE_NOOP("CertificateModel", "Name of the layer with weights"),
                      [](const LayerBound& l) { return QString::fromStdString(l.layer); }},
    CertificateColumn{
        QT_TRANSLATE_NOOP("CertificateModel", "Verdict"),
        QT_TRANSLATE_NOOP("CertificateModel",
                          "Whether the exact range fits P bits, decided with integers [exact]"),
        verdictText},
    CertificateColumn{QT_TRANSLATE_NOOP("CertificateModel", "K"),
                      QT_TRANSLATE_NOOP("CertificateModel",
                                        "Dot-product length: how many products one output adds"),
                      [](const LayerBound& l) { return grouped(l.k); }},
    CertificateColumn{QT_TRANSLATE_NOOP("CertificateModel", "M"),
                      QT_TRANSLATE_NOOP("CertificateModel", "Weight bits"),
                      [](const LayerBound& l) { return QString::number(l.weight_bits.bits); }},
    CertificateColumn{
        QT_TRANSLATE_NOOP("CertificateModel", "N"),
        QT_TRANSLATE_NOOP("CertificateModel", "Input bits, and whether they carry a sign"),
        inputText},
    CertificateColumn{
        QT_TRANSLATE_NOOP("CertificateModel", "P target"),
        QT_TRANSLATE_NOOP("CertificateModel",
                          "Accumulator bits that were trained for; free: none was set. ✗: too few"),
        policyCell<AccumulatorPolicy::kTarget>},
    CertificateColumn{
        QT_TRANSLATE_NOOP("CertificateModel", "P smallest"),
        QT_TRANSLATE_NOOP("CertificateModel",
                          "Policy “minimised”: the least P that holds the exact range of every "
                          "channel [exact]"),
        policyCell<AccumulatorPolicy::kMinimised>},
    CertificateColumn{
        QT_TRANSLATE_NOOP("CertificateModel", "P data type"),
        QT_TRANSLATE_NOOP("CertificateModel",
                          "Policy “datatype”: the least P with K·2^(N−sgn)·2^(M−1) ≤ 2^(P−1) − 1, "
                          "whatever the weights are [bound]"),
        policyCell<AccumulatorPolicy::kDataType>},
    CertificateColumn{
        QT_TRANSLATE_NOOP("CertificateModel", "P fixed"),
        QT_TRANSLATE_NOOP("CertificateModel", "Policy “fixed32”: 32 bits everywhere. ✗: too few"),
        policyCell<AccumulatorPolicy::kFixed32>},
    CertificateColumn{
        QT_TRANSLATE_NOOP("CertificateModel", "max ‖q‖₁"),
        QT_TRANSLATE_NOOP("CertificateModel", "Largest integer L1 norm of any channel [exact]"),
        [](const LayerBound& l) {
          return l.channels.empty() ? dash() : grouped(l.channels[l.worst].sums.l1());
        }},
    CertificateColumn{
        QT_TRANSLATE_NOOP("CertificateModel", "Budget"),
        QT_TRANSLATE_NOOP("CertificateModel",
                          "Largest ‖q‖₁ that P allows by the layer's rule [bound]"),
        [](const LayerBound& l) { return l.budget ? grouped(l.budget->floor()) : dash(); }},
    CertificateColumn{
        QT_TRANSLATE_NOOP("CertificateModel", "Margin"),
        QT_TRANSLATE_NOOP(
            "CertificateModel",
            "log2(limit / reached) towards the nearer end of P bits, and the unused share "
            "[exact range]"),
        marginText},
    CertificateColumn{
        QT_TRANSLATE_NOOP("CertificateModel", "Exact range"),
        QT_TRANSLATE_NOOP(
            "CertificateModel",
            "Every value a partial sum can reach, in any order: xmax·S⁺ − xmin·S⁻ and "
            "xmin·S⁺ − xmax·S⁻ [exact]"),
        rangeText},
    CertificateColumn{
        QT_TRANSLATE_NOOP("CertificateModel", "Sparsity"),
        QT_TRANSLATE_NOOP("CertificateModel", "Share of the weights that are zero [exact]"),
        [](const LayerBound& l) { return percentText(l.sparsity); }},
};

QString verdictOn(const PolicyVerdict& verdict) {
  if (!verdict.safe()) return Words::tr("judges no channel");
  if (*verdict.safe()) return Words::tr("never overflows");
  return Words::tr("can overflow in %1 of %2 channels")
      .arg(grouped(static_cast<Int128>(verdict.overflowing.size())), grouped(verdict.channels));
}

}  // namespace

std::span<const CertificateColumn> certificateColumns() { return kColumns; }

QString translatedColumn(const char* text) {
  return QCoreApplication::translate("CertificateModel", text);
}

QString certificateTip(const LayerBound& layer, const CertificateColumn& column) {
  const QString meaning = translatedColumn(column.meaning);
  if (layer.channels.empty()) return meaning;
  return meaning + QStringLiteral("\n\n") +
         Words::tr("Channel %1, the one with the largest ‖q‖₁:").arg(layer.worst) +
         QLatin1Char('\n') +
         QString::fromStdString(derivationText(layer, layer.channels[layer.worst]));
}

QString policiesText(const Certificate& certificate) {
  QStringList lines;
  for (const AccumulatorPolicy policy : kAccumulatorPolicies) {
    const PolicyVerdict verdict = judge(certificate, policy);
    lines << Words::tr("%1: %2 (%3; Σ P over channels %4 bits) [exact]")
                 .arg(QString::fromUtf8(policyName(policy).data()), verdictOn(verdict),
                      QString::fromUtf8(policyText(policy).data()),
                      grouped(verdict.accumulator_bits));
  }
  return lines.join(QLatin1Char('\n'));
}

QString policiesLine(const Certificate& certificate) {
  QStringList parts;
  for (const AccumulatorPolicy policy : kAccumulatorPolicies) {
    const PolicyVerdict verdict = judge(certificate, policy);
    const QString mark = !verdict.safe()   ? QStringLiteral("–")
                         : *verdict.safe() ? QStringLiteral("✓")
                                           : QStringLiteral("✗ overflow");
    parts << QStringLiteral("%1 %2 %3")
                 .arg(QString::fromUtf8(policyName(policy).data()),
                      grouped(verdict.accumulator_bits), mark);
  }
  return Words::tr("Σ P in bits: %1 [exact]").arg(parts.join(QStringLiteral(", ")));
}

}  // namespace a2q::views
