// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/training/graph_cases.h"

#include <algorithm>
#include <stdexcept>

namespace a2q::testing {

const std::vector<GraphCase>& graphCases() {
  static const std::vector<GraphCase> cases = {
      {"depthwise", R"(
c1|conv2d|filters=8;kernel=3;padding=1
a1|activation|
dw|conv2d|filters=8;kernel=3;padding=1;groups="depthwise"
b2|batch_norm|
a2|activation|
pw|conv2d|filters=12;kernel=1
b3|batch_norm|
a3|activation|
gap|average_pool|
fc|linear|features=4)"},
      {"residual", R"(
c1|conv2d|filters=6;kernel=3;padding=1
b1|batch_norm|
a1|activation|
c2|conv2d|filters=6;kernel=3;padding=1
b2|batch_norm|
a2|activation|signed=true
skip|activation|input="a1";signed=true;share="a2"
sum|add|inputs=["a2", "skip"]
a3|activation|
c3|conv2d|filters=6;kernel=3
a4|activation|
fc|linear|features=4;bias=true)"},
      {"add_of_three", R"(
c1|conv2d|filters=4;kernel=1
a1|activation|signed=true
c2|conv2d|input="a1";filters=4;kernel=1
a2|activation|signed=true;share="a1"
c3|conv2d|input="a1";filters=4;kernel=1
a3|activation|signed=true;share="a1"
sum|add|inputs=["a1", "a2", "a3"]
c4|conv2d|filters=4;kernel=3;stride=2
a4|activation|
fc|linear|features=4)"},
      {"concat", R"(
c1|conv2d|filters=4;kernel=3;padding=1
a1|activation|
left|conv2d|input="a1";filters=4;kernel=1
la|activation|
right|conv2d|input="a1";filters=6;kernel=3;padding=1
ra|activation|share="la"
both|concat|inputs=["la", "ra"]
c2|conv2d|filters=4;kernel=3
a2|activation|
fc|linear|features=4)"},
      {"resize_and_shuffle", R"(
c1|conv2d|filters=4;kernel=3;stride=2;padding=1
a1|activation|
up|resize_nearest|factor=2
c2|conv2d|filters=16;kernel=3;padding=1
a2|activation|
shuffle|pixel_shuffle|factor=2
c3|conv2d|filters=4;kernel=3;stride=4
a3|activation|
fc|linear|features=4)"},
      {"pools", R"(
c1|conv2d|filters=6;kernel=3;padding=1
b1|batch_norm|
a1|activation|
mean|average_pool|kernel=2
c2|conv2d|filters=6;kernel=3;padding=1
a2|activation|
most|max_pool|kernel=3;stride=2;padding=1
c3|conv2d|filters=6;kernel=1
a3|activation|
last|max_pool|kernel=2
flat|flatten|
fc|linear|features=4)"},
      {"groups_and_bias", R"(
c1|conv2d|filters=8;kernel=[3, 1];padding=[1, 0];bias=true
a1|activation|
c2|conv2d|filters=8;kernel=[1, 3];stride=[2, 1];groups=2;bias=true
b2|batch_norm|epsilon=1e-3;momentum=0.5
a2|activation|
c3|conv2d|filters=8;kernel=1;groups=4
a3|activation|signed=true
fc1|linear|features=8;bias=true
a4|activation|
fc|linear|features=4;bias=true)"},
      {"norm_without_activation", R"(
c1|conv2d|filters=6;kernel=3
b1|batch_norm|
more|max_pool|kernel=2
a1|activation|
c2|conv2d|filters=6;kernel=3
a2|activation|
fc|linear|features=4
b2|batch_norm|)"},
      {"two_readers_of_a_norm", R"(
c1|conv2d|filters=6;kernel=3;padding=1
b1|batch_norm|
a1|activation|
s1|activation|input="b1";share="a1"
both|concat|inputs=["a1", "s1"]
c2|conv2d|filters=6;kernel=3
a2|activation|
fc|linear|features=4)"},
      {"linear_alone", R"(
fc|linear|features=4)"},
      {"norm_of_a_sum", R"(
c1|conv2d|filters=6;kernel=3;padding=1
a1|activation|signed=true
c2|conv2d|input="a1";filters=6;kernel=3;padding=1
a2|activation|signed=true;share="a1"
sum|add|inputs=["a1", "a2"]
b3|batch_norm|
a3|activation|
c3|conv2d|filters=4;kernel=3
a4|activation|
fc|linear|features=4)"},
      {"pool_before_norm", R"(
c1|conv2d|filters=6;kernel=3;padding=1
most|max_pool|kernel=2
b1|batch_norm|
a1|activation|
fc|linear|features=4)"},
      {"shuffle_before_activation", R"(
c1|conv2d|filters=8;kernel=3;padding=1
shuffle|pixel_shuffle|factor=2
a1|activation|
c2|conv2d|filters=4;kernel=3;stride=2
b2|batch_norm|
a2|activation|
fc|linear|features=4;bias=true)"},
      {"concat_of_two_scales", R"(
c1|conv2d|filters=4;kernel=3
a1|activation|
s1|activation|input="c1";signed=true
both|concat|inputs=["a1", "s1"]
b2|batch_norm|
a2|activation|
fc|linear|features=4)"},
  };
  return cases;
}

const GraphCase& graphCase(const std::string& name) {
  const auto found =
      std::ranges::find_if(graphCases(), [&](const GraphCase& each) { return each.name == name; });
  if (found == graphCases().end()) throw std::out_of_range("no graph case " + name);
  return *found;
}

std::string specificationOf(const GraphCase& graph, const std::string& method) {
  std::string text =
      "[network]\nname = \"graph\"\n\n"
      "[[layer]]\nname = \"x\"\nkind = \"input\"\nshape = [3, 8, 8]\n";
  const std::string lines = std::string(graph.layers) + "\n";
  for (std::size_t at = 1; at < lines.size();) {
    const std::size_t end = lines.find('\n', at);
    const std::size_t kind = lines.find('|', at) + 1;
    const std::size_t keys = lines.find('|', kind) + 1;
    text += "\n[[layer]]\nname = \"" + lines.substr(at, kind - 1 - at) + "\"\n";
    text += "kind = \"" + lines.substr(kind, keys - 1 - kind) + "\"\n";
    std::string more = lines.substr(keys, end - keys);
    std::replace(more.begin(), more.end(), ';', '\n');
    text += more + "\n";
    at = end + 1;
  }
  text += "\n[[layer]]\nname = \"y\"\nkind = \"output\"\n\n[quant]\nmethod = \"" + method + "\"\n";
  return text + "accumulator_bits = 12\n\n[training]\nepochs = 2\nbatch_size = 8\n";
}

}  // namespace a2q::testing
