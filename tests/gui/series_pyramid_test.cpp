// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <cmath>
#include <random>

#include "views/common/series_pyramid.h"

using namespace a2q;

/// Pyramids of random series with gaps, against a scan of every value.
class SeriesPyramidTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void pyramidIsExact();
  void pyramidEnvelopeKeepsExtremes();
};

namespace {

std::vector<float> randomValues(std::mt19937& random, std::size_t count) {
  std::normal_distribution<float> noise;
  std::vector<float> values;
  for (std::size_t i = 0; i < count; ++i) {
    values.push_back(random() % 23 == 0 ? std::nanf("") : noise(random));
  }
  return values;
}

bool same(float a, float b) { return a == b || (std::isnan(a) && std::isnan(b)); }

/// Least and largest of a stretch, one by one.
views::ValueRange scan(const std::vector<float>& values, std::size_t first, std::size_t last) {
  views::ValueRange range{std::nanf(""), std::nanf("")};
  for (std::size_t i = first; i < last; ++i) {
    range.low = std::fmin(range.low, values[i]);
    range.high = std::fmax(range.high, values[i]);
  }
  return range;
}

}  // namespace

void SeriesPyramidTest::pyramidIsExact() {
  std::mt19937 random(7);
  for (const std::size_t count : {0, 1, 7, 8, 9, 16, 17, 100, 1023, 1024, 5000}) {
    const auto values = randomValues(random, count);
    views::SeriesPyramid pyramid;
    for (const float value : values) pyramid.append(value);
    QCOMPARE(pyramid.size(), count);
    for (int i = 0; i < 300 && count > 0; ++i) {
      const std::size_t first = random() % count;
      const std::size_t last = first + 1 + random() % (count - first);
      const auto expected = scan(values, first, last);
      const auto found = pyramid.range(first, last);
      QVERIFY2(same(found.low, expected.low) && same(found.high, expected.high),
               qPrintable(QStringLiteral("%1 [%2, %3)").arg(count).arg(first).arg(last)));
    }
  }
}

void SeriesPyramidTest::pyramidEnvelopeKeepsExtremes() {
  std::mt19937 random(11);
  for (int round = 0; round < 60; ++round) {
    const std::size_t count = 1 + random() % 20000;
    const auto values = randomValues(random, count);
    views::SeriesPyramid pyramid;
    double key = 0;
    for (const float value : values) pyramid.append(key += random() % 3, value);
    const std::size_t first = random() % count;
    const std::size_t last = first + 1 + random() % (count - first);
    const std::size_t buckets = 1 + random() % 900;
    std::vector<views::SeriesPoint> points;
    pyramid.envelope(first, last, buckets, points);
    QVERIFY(points.size() <= std::max<std::size_t>(2 * (buckets + 2), 8));
    // As fine as the buckets allow, but for the rounding to powers of two and gaps, told once each.
    QVERIFY(points.size() * 5 >= std::min(buckets, last - first));
    views::ValueRange drawn{std::nanf(""), std::nanf("")};
    for (std::size_t i = 0; i < points.size(); ++i) {
      drawn.low = std::fmin(drawn.low, static_cast<float>(points[i].value));
      drawn.high = std::fmax(drawn.high, static_cast<float>(points[i].value));
      QVERIFY(i == 0 || points[i - 1].key <= points[i].key);
    }
    const auto expected = scan(values, first, last);
    QVERIFY(same(drawn.low, expected.low) && same(drawn.high, expected.high));
  }
}

QTEST_MAIN(SeriesPyramidTest)
#include "series_pyramid_test.moc"
