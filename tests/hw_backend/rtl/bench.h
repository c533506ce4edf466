// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hw_backend/rtl/block_rtl.h"

namespace a2q::rtl_test {

/// The values of one stream port, `lanes` a beat.
struct StreamValues {
  std::string port;
  std::int64_t lanes = 1;
  int bits = 1;
  bool is_signed = false;
  std::vector<std::int64_t> values;

  [[nodiscard]] std::int64_t beats() const {
    return static_cast<std::int64_t>(values.size()) / lanes;
  }
};

/// A block with what goes in and what must come out.
struct BenchCase {
  std::string name;
  Block block;
  BlockConstants constants = {};
  std::vector<StreamValues> inputs = {};
  std::vector<StreamValues> outputs = {};
  bool overflows = false;  ///< whether the monitor must see it
  OverflowProof proof = OverflowProof::kHere;
  Comparators comparators = Comparators::kAdders;
  std::int64_t samples = 1;       ///< that all these values are
  std::int64_t sample_count = 1;  ///< what one brings, as cyclesOf() counts
};

/// What came out of one port.
struct PortOutcome {
  std::vector<std::int64_t> values;
  std::vector<std::int64_t> cycles;  ///< when each beat was taken, of all ports by one clock
  bool broken = false;               ///< a beat changed before it was taken
  bool overflow = false;
};

/// A module under test with what goes into and what must come out of its stream ports.
struct BenchUnit {
  std::string name;
  RtlFiles rtl;
  bool monitored = false;  ///< it has the port `overflow`
  bool buffered = false;   ///< a skid buffer stands in front of every input
  std::vector<StreamValues> inputs = {};
  std::vector<StreamValues> outputs = {};
};

/// "unit.port" → what came out or, without values, when it was taken in.
using BenchOutcome = std::map<std::string, PortOutcome>;

/// The block of a case, watched by its monitor.
[[nodiscard]] Result<BenchUnit> unitOf(const BenchCase& which);

/// The files of a Verilog module `bench` that holds all the units, each with its sources and sinks.
[[nodiscard]] std::map<std::string, std::string> benchFiles(const std::vector<BenchUnit>& units);

/// What sources and sinks printed.
[[nodiscard]] BenchOutcome readOutcome(const std::vector<BenchUnit>& units,
                                       const std::string& text);

/// Builds the bench with Verilator and runs it with stalls of the given kinds (bench_sink.v), each
/// for so many cycles at most.
[[nodiscard]] Result<std::vector<BenchOutcome>> runBench(const std::vector<BenchUnit>& units,
                                                         const std::vector<int>& stalls = {0, 1, 2},
                                                         std::int64_t most_cycles = 1000000);

}  // namespace a2q::rtl_test
