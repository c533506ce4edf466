// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/run/short_lane.h"

#include <QTest>
#include <atomic>
#include <chrono>
#include <latch>
#include <thread>

using a2q::workbench::ShortLane;

/// The short lane without any window: requests by number, answers in a list.
class ShortLaneTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void answersOnThePollingThread();
  void latestWins();
  void aRunningRequestIsStopped();
  void cancelledIsNotAnswered();
  void anAnswerThatWaitsIsDropped();
  void canBeDestroyedWhileWorking();
};

namespace {

constexpr int kLong = 20'000;

/// Works until it is asked to stop.
void workUntilStopped(const std::stop_token& stop) {
  while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

/// Polls until an answer ran.
bool answersOf(ShortLane& lane) {
  return QTest::qWaitFor([&] { return lane.poll(); }, kLong);
}

}  // namespace

void ShortLaneTest::answersOnThePollingThread() {
  std::thread::id worked;
  std::thread::id answered;
  ShortLane lane;
  QVERIFY(!lane.busy());
  QVERIFY(!lane.poll());
  lane.request([&](const std::stop_token&) {
    worked = std::this_thread::get_id();
    return [&] { answered = std::this_thread::get_id(); };
  });
  QVERIFY(lane.busy());
  QVERIFY(answersOf(lane));
  QVERIFY(!lane.busy());
  QCOMPARE(answered, std::this_thread::get_id());
  QVERIFY(worked != answered);
}

void ShortLaneTest::latestWins() {
  std::latch begun(1);
  std::vector<int> done;
  std::vector<int> answers;
  ShortLane lane;
  lane.request([&](const std::stop_token& stop) {
    begun.count_down();
    workUntilStopped(stop);
    done.push_back(1);
    return [&] { answers.push_back(1); };
  });
  begun.wait();
  for (const int number : {2, 3, 4}) {
    lane.request([&, number](const std::stop_token&) {
      done.push_back(number);
      return [&answers, number] { answers.push_back(number); };
    });
  }
  QVERIFY(answersOf(lane));
  QCOMPARE(answers, std::vector<int>({4}));
  QCOMPARE(done.front(), 1);
  QCOMPARE(done.back(), 4);
  QVERIFY2(done.size() <= 3, "at most one of the others can have begun");
}

void ShortLaneTest::aRunningRequestIsStopped() {
  std::latch begun(1);
  std::atomic<bool> stopped = false;
  bool is_fresh = false;
  ShortLane lane;
  lane.request([&](const std::stop_token& stop) {
    begun.count_down();
    workUntilStopped(stop);
    stopped = true;
    return ShortLane::Then();
  });
  begun.wait();
  QVERIFY(!stopped);
  lane.request([&](const std::stop_token& stop) {
    is_fresh = !stop.stop_requested();
    return ShortLane::Then();
  });
  QVERIFY(answersOf(lane));
  QVERIFY(stopped);
  QVERIFY2(is_fresh, "the stop of one request is not that of the next");
}

void ShortLaneTest::cancelledIsNotAnswered() {
  std::latch begun(1);
  std::atomic<bool> ended = false;
  bool answered = false;
  ShortLane lane;
  lane.request([&](const std::stop_token& stop) {
    begun.count_down();
    workUntilStopped(stop);
    ended = true;
    return [&] { answered = true; };
  });
  begun.wait();
  lane.cancel();
  QVERIFY(!lane.busy());
  QTRY_VERIFY_WITH_TIMEOUT(ended, kLong);
  QTest::qWait(20);
  QVERIFY(!lane.poll());
  QVERIFY(!answered);
}

void ShortLaneTest::anAnswerThatWaitsIsDropped() {
  std::atomic<int> worked = 0;
  std::vector<int> answers;
  ShortLane lane;
  const auto ask = [&](int number) {
    lane.request([&, number](const std::stop_token&) {
      ++worked;
      return [&answers, number] { answers.push_back(number); };
    });
  };
  ask(1);
  QTRY_COMPARE_WITH_TIMEOUT(worked.load(), 1, kLong);
  QTest::qWait(20);
  ask(2);
  QVERIFY(answersOf(lane));
  QCOMPARE(answers, std::vector<int>({2}));
}

void ShortLaneTest::canBeDestroyedWhileWorking() {
  std::latch begun(1);
  std::atomic<bool> ended = false;
  bool answered = false;
  {
    ShortLane lane;
    lane.request([&](const std::stop_token& stop) {
      begun.count_down();
      workUntilStopped(stop);
      ended = true;
      return [&] { answered = true; };
    });
    begun.wait();
  }
  QVERIFY2(ended, "the lane waits for its work");
  QVERIFY(!answered);
}

QTEST_GUILESS_MAIN(ShortLaneTest)
#include "short_lane_test.moc"
