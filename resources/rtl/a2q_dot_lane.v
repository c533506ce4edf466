// SPDX-License-Identifier: GPL-3.0-or-later
// One row of a dot product unit: SIMD products a step, summed by a tree into a register, then into an
// accumulator of exactly P bits.
//   SIMD      products a step
//   W, A      bits of weights (signed) and inputs (signed where A_SIGNED is 1)
//   P         bits of the accumulator
//   MONITOR   1: a wider shadow accumulator watches, `overflow` stays set once a sum of the tree or
//             of the accumulator did not fit P bits; 0: `overflow` is 0
// `step` takes inputs and weights into the register of the tree; `add` takes that register into the
// accumulator, which it loads where `first` is set.
module a2q_dot_lane #(
    parameter integer SIMD = 1,
    parameter integer W = 2,
    parameter integer A = 2,
    parameter integer A_SIGNED = 0,
    parameter integer P = 8,
    parameter integer MONITOR = 0
) (
    input  wire                clk,
    input  wire                rst,
    input  wire                step,
    input  wire                add,
    input  wire                first,
    input  wire [SIMD*A-1:0]   inputs,
    input  wire [SIMD*W-1:0]   weights,
    output reg  signed [P-1:0] accumulator,
    output wire                overflow
);

  localparam integer PRODUCT = W + A;
  localparam integer TREE = PRODUCT + $clog2(SIMD);

  wire [SIMD*PRODUCT-1:0] products;
  wire signed [TREE-1:0] tree;
  reg signed [TREE-1:0] sum;

  genvar i;
  generate
    for (i = 0; i < SIMD; i = i + 1) begin : g_product
      a2q_product #(.W(W), .A(A), .A_SIGNED(A_SIGNED), .SPLIT(SIMD > 1 && A > 1 ? 1 : 0)) factor (
          .weight(weights[i*W+:W]),
          .value(inputs[i*A+:A]),
          .product(products[i*PRODUCT+:PRODUCT])
      );
    end
  endgenerate

  a2q_adder_tree #(.COUNT(SIMD), .WIDTH(PRODUCT)) adder_tree (.values(products), .sum(tree));

  always @(posedge clk) if (step) sum <= tree;

  // A sum that fits P bits is the same modulo 2^P, so the upper bits of the tree are not needed.
  wire signed [P-1:0] addend;
  a2q_resize #(.FROM(TREE), .SIGNED(1), .TO(P)) resize (.value(sum), .result(addend));

  always @(posedge clk) if (add) accumulator <= first ? addend : accumulator + addend;

  generate
    if (MONITOR != 0) begin : g_monitor
      localparam integer SHADOW = (P > TREE ? P : TREE) + 8;
      wire signed [SHADOW-1:0] wide = {{(SHADOW - TREE) {sum[TREE-1]}}, sum};
      reg signed [SHADOW-1:0] shadow;
      wire signed [SHADOW-1:0] next = first ? wide : shadow + wide;
      wire sum_fits = wide[SHADOW-1:P-1] == {(SHADOW - P + 1) {wide[SHADOW-1]}};
      wire next_fits = next[SHADOW-1:P-1] == {(SHADOW - P + 1) {next[SHADOW-1]}};
      reg sticky;
      always @(posedge clk) begin
        if (add) shadow <= next;
        if (rst) sticky <= 1'b0;
        else if (add && !(sum_fits && next_fits)) sticky <= 1'b1;
      end
      assign overflow = sticky;
    end else begin : g_no_monitor
      // verilator lint_off UNUSED
      wire unused = rst;
      // verilator lint_on UNUSED
      assign overflow = 1'b0;
    end
  endgenerate

endmodule
