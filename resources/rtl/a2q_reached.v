// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a value has reached a threshold T, which comes negated: value >= T is value + (-T) >= 0.
//   P    bits of the value and of -T, both signed
//   ADD  1: by the sign of that sum, one carry a bit; 0: by a comparison, for families whose tools
//        compare two bits a look-up table
module a2q_reached #(
    parameter integer P = 8,
    parameter integer ADD = 1
) (
    input  wire signed [P-1:0] value,
    input  wire signed [P-1:0] negated,
    output wire                reached
);

  generate
    if (ADD != 0) begin : g_add
      wire signed [P:0] wide_value = {value[P-1], value};
      wire signed [P:0] wide_negated = {negated[P-1], negated};
      // verilator lint_off UNUSED
      wire signed [P:0] sum = wide_value + wide_negated;
      // verilator lint_on UNUSED
      assign reached = !sum[P];
    end else begin : g_compare
      wire signed [P-1:0] below = ~negated;  // T - 1
      assign reached = value > below;
    end
  endgenerate

endmodule
