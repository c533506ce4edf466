// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/runs/run_filter.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>
#include <algorithm>
#include <compare>

namespace a2q::views {
namespace {

/// Texts of the messages, for translation.
class Words {
  Q_DECLARE_TR_FUNCTIONS(RunFilter)
};

/// A filter that cannot be read.
struct Fault {
  QString message;
};

FilterOperator operatorOf(const QString& text) {
  if (text == QLatin1String("<=")) return FilterOperator::kLessEqual;
  if (text == QLatin1String(">=")) return FilterOperator::kGreaterEqual;
  if (text == QLatin1String("!=")) return FilterOperator::kNotEqual;
  if (text == QLatin1String("<")) return FilterOperator::kLess;
  if (text == QLatin1String(">")) return FilterOperator::kGreater;
  return FilterOperator::kEqual;
}

/// How much one of a unit is; none: the column has no such unit.
std::optional<double> unitOf(const QString& unit, RunColumn column) {
  if (unit.isEmpty()) return 1;
  const bool share = column == RunColumn::kScore || column == RunColumn::kSparsity;
  if (share && unit == QLatin1String("%")) return 0.01;
  if (column == RunColumn::kScore && unit == QLatin1String("dB")) return 1;
  if (column == RunColumn::kMargin && unit == QLatin1String("bit")) return 1;
  if (column != RunColumn::kTime) return std::nullopt;
  if (unit == QLatin1String("s")) return 1;
  if (unit == QLatin1String("min")) return 60;
  if (unit == QLatin1String("h")) return 3600;
  return std::nullopt;
}

void readNumber(FilterTerm& term, const QString& whole, const QString& value) {
  static const QRegularExpression number_pattern(
      QStringLiteral("^([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)(.*)$"));
  const QRegularExpressionMatch found = number_pattern.match(value);
  bool good = false;
  const double number = found.captured(1).toDouble(&good);
  if (!good) throw Fault{Words::tr("“%1”: “%2” is no number.").arg(whole, value)};
  const auto unit = unitOf(found.captured(2), *term.column);
  if (!unit) throw Fault{Words::tr("“%1”: “%2” is no unit of it.").arg(whole, found.captured(2))};
  term.number = number * *unit;
}

void readFlag(FilterTerm& term, const QString& whole, const QString& value) {
  const QString word = value.toLower();
  const bool equality =
      term.comparison == FilterOperator::kEqual || term.comparison == FilterOperator::kNotEqual;
  if (!equality) throw Fault{Words::tr("“%1”: write = or != here.").arg(whole)};
  if (word == QLatin1String("yes")) {
    term.flag = true;
  } else if (word == QLatin1String("no")) {
    term.flag = false;
  } else if (word != QLatin1String("unknown")) {
    throw Fault{Words::tr("“%1”: write yes, no or unknown.").arg(whole)};
  }
}

QString knownKeys() {
  QStringList keys;
  for (int i = 0; i < kRunColumns; ++i) {
    const char* const key = factsOf(static_cast<RunColumn>(i)).key;
    if (key != nullptr) keys << QString::fromLatin1(key);
  }
  return keys.join(QStringLiteral(", "));
}

FilterTerm readComparison(const QString& whole, const QString& key, const QString& sign,
                          const QString& value) {
  FilterTerm term;
  if (key.isEmpty()) throw Fault{Words::tr("“%1”: what is compared is missing.").arg(whole)};
  term.column = columnNamed(key);
  if (!term.column) {
    throw Fault{Words::tr("“%1” is nothing to compare; there are %2.").arg(key, knownKeys())};
  }
  if (value.isEmpty()) throw Fault{Words::tr("“%1”: the value is missing.").arg(whole)};
  term.comparison = operatorOf(sign);
  switch (factsOf(*term.column).kind) {
    case ColumnKind::kNumber: readNumber(term, whole, value); break;
    case ColumnKind::kYesNo: readFlag(term, whole, value); break;
    case ColumnKind::kText: term.text = value; break;
    case ColumnKind::kMark: break;
  }
  return term;
}

template <class Value>
bool holds(FilterOperator comparison, const Value& a, const Value& b) {
  switch (comparison) {
    case FilterOperator::kEqual: return a == b;
    case FilterOperator::kNotEqual: return a != b;
    case FilterOperator::kLess: return a < b;
    case FilterOperator::kLessEqual: return a <= b;
    case FilterOperator::kGreater: return a > b;
    case FilterOperator::kGreaterEqual: return a >= b;
    case FilterOperator::kContains: break;
  }
  return false;
}

bool isLike(const QString& text, const QString& pattern) {
  if (!pattern.contains(QLatin1Char('*'))) {
    return text.compare(pattern, Qt::CaseInsensitive) == 0;
  }
  QString expression = QRegularExpression::escape(pattern);
  expression.replace(QStringLiteral("\\*"), QStringLiteral(".*"));
  return QRegularExpression(QRegularExpression::anchoredPattern(expression),
                            QRegularExpression::CaseInsensitiveOption)
      .match(text)
      .hasMatch();
}

bool textMatches(const RunRow& row, const FilterTerm& term) {
  const QString text =
      *term.column == RunColumn::kCreated ? row.created : cellText(row, *term.column);
  const bool equal = isLike(text, term.text) ||
                     (*term.column == RunColumn::kState && isLike(row.state_key, term.text));
  if (term.comparison == FilterOperator::kEqual) return equal;
  if (term.comparison == FilterOperator::kNotEqual) return !equal;
  return holds(term.comparison, text.compare(term.text, Qt::CaseInsensitive), 0);
}

bool contains(const RunRow& row, const QString& word) {
  return row.name.contains(word, Qt::CaseInsensitive) ||
         row.settings->method.contains(word, Qt::CaseInsensitive) ||
         row.state.contains(word, Qt::CaseInsensitive) ||
         row.state_key.contains(word, Qt::CaseInsensitive);
}

bool termMatches(const RunRow& row, const FilterTerm& term) {
  if (!term.column) return contains(row, term.text);
  switch (factsOf(*term.column).kind) {
    case ColumnKind::kText: return textMatches(row, term);
    case ColumnKind::kYesNo: return holds(term.comparison, row.safe, term.flag);
    case ColumnKind::kNumber: {
      const auto value = numberOf(row, *term.column);
      return value && holds(term.comparison, *value, term.number);
    }
    case ColumnKind::kMark: break;
  }
  return false;
}

}  // namespace

RunFilter parseRunFilter(const QString& text) {
  static const QRegularExpression around_signs(QStringLiteral("\\s*(<=|>=|!=|<|>|=)\\s*"));
  static const QRegularExpression term_pattern(QStringLiteral(
      "([^\\s<>=!\"]*)(<=|>=|!=|<|>|=)(\"[^\"]*\"?|[^\\s<>=!\"]*)|(\"[^\"]*\"?|\\S+)"));
  QString compact = text.trimmed();
  compact.replace(around_signs, QStringLiteral("\\1"));
  RunFilter filter;
  auto terms = term_pattern.globalMatch(compact);
  try {
    while (terms.hasNext()) {
      const QRegularExpressionMatch found = terms.next();
      const auto part = [&](int group) { return found.captured(group).remove(QLatin1Char('"')); };
      if (found.captured(2).isEmpty()) {
        filter.terms.push_back({.text = part(4)});
      } else {
        filter.terms.push_back(
            readComparison(found.captured(0), found.captured(1), found.captured(2), part(3)));
      }
    }
  } catch (const Fault& fault) {
    return {{}, fault.message};
  }
  return filter;
}

bool matches(const RunRow& row, const RunFilter& filter) {
  return std::all_of(filter.terms.begin(), filter.terms.end(),
                     [&](const FilterTerm& term) { return termMatches(row, term); });
}

QString filterHelp() {
  return Words::tr(
             "Words are looked for in name, method and state. Terms compare, all must hold: "
             "P<=14, method=a2q, score>90%, sparsity>=0.5, margin<1, time<5min, safe=no, "
             "state=\"out of memory\", name=run-1*, created>=2026-11-01. Signs: = != < <= > >=. "
             "There are %1.")
      .arg(knownKeys());
}

}  // namespace a2q::views
