// SPDX-License-Identifier: GPL-3.0-or-later
// PE dot products at a time: LENGTH steps a sum, FOLDS sums one after the other, then from the start.
//   PE, SIMD, W, A, A_SIGNED, P, MONITOR   as in a2q_dot_lane
//   LENGTH   steps a sum
//   FOLDS    sums of each lane with weights of their own
//   SHARED   1: all lanes multiply the same inputs (MVAU); 0: each its own (depthwise)
// Weights come from outside, {PE{SIMD{W}}}, lane 0 and product 0 in the low bits: the word at
// `weight_address` (fold·LENGTH + step) after an edge with `weight_enable`; with one word in all the
// address means nothing.
// Streams: valid/ready; out_valid does not wait for out_ready. The accumulators are the output
// registers: while a result waits, the unit stands still.
module a2q_dot_array #(
    parameter integer PE = 1,
    parameter integer SIMD = 1,
    parameter integer W = 2,
    parameter integer A = 2,
    parameter integer A_SIGNED = 0,
    parameter integer P = 8,
    parameter integer LENGTH = 1,
    parameter integer FOLDS = 1,
    parameter integer SHARED = 1,
    parameter integer MONITOR = 0,
    parameter integer ADDRESS = LENGTH * FOLDS > 1 ? $clog2(LENGTH * FOLDS) : 1
) (
    input  wire                                      clk,
    input  wire                                      rst,
    input  wire                                      in_valid,
    output wire                                      in_ready,
    input  wire [(SHARED != 0 ? 1 : PE)*SIMD*A-1:0]  in_data,
    output wire                                      weight_enable,
    output wire [ADDRESS-1:0]                        weight_address,
    input  wire [PE*SIMD*W-1:0]                      weight_data,
    output reg                                       out_valid,
    input  wire                                      out_ready,
    output wire [PE*P-1:0]                           out_data,
    output wire                                      overflow
);

  localparam integer INPUT = (SHARED != 0 ? 1 : PE) * SIMD * A;

  wire advance = !out_valid || out_ready;
  wire take = advance && in_valid;
  assign in_ready = advance;

  localparam integer STEP_BITS = LENGTH > 1 ? $clog2(LENGTH) : 1;
  wire [STEP_BITS-1:0] number;
  wire first = number == {STEP_BITS{1'b0}};
  wire last;
  a2q_counter #(.COUNT(LENGTH)) steps (
      .clk(clk), .rst(rst), .step(take), .value(number), .last(last)
  );
  // verilator lint_off PINCONNECTEMPTY
  a2q_counter #(.COUNT(LENGTH * FOLDS)) words (
      .clk(clk), .rst(rst), .step(take), .value(weight_address), .last()
  );
  // verilator lint_on PINCONNECTEMPTY
  assign weight_enable = take;

  // Inputs beside their weights, then the sums of the trees, then the accumulators.
  reg [INPUT-1:0] x_data;
  reg x_valid, x_first, x_last;
  reg s_valid, s_first, s_last;
  always @(posedge clk) begin
    if (advance) begin
      x_data <= in_data;
      x_first <= first;
      x_last <= last;
      s_first <= x_first;
      s_last <= x_last;
    end
    if (rst) {x_valid, s_valid, out_valid} <= 3'b000;
    else if (advance) {x_valid, s_valid, out_valid} <= {in_valid, x_valid, s_valid && s_last};
  end

  wire [PE-1:0] overflows;
  assign overflow = |overflows;

  genvar i;
  generate
    for (i = 0; i < PE; i = i + 1) begin : g_lane
      a2q_dot_lane #(
          .SIMD(SIMD), .W(W), .A(A), .A_SIGNED(A_SIGNED), .P(P), .MONITOR(MONITOR)
      ) lane (
          .clk(clk),
          .rst(rst),
          .step(advance),
          .add(advance && s_valid),
          .first(s_first),
          .inputs(x_data[(SHARED != 0 ? 0 : i)*SIMD*A+:SIMD*A]),
          .weights(weight_data[i*SIMD*W+:SIMD*W]),
          .accumulator(out_data[i*P+:P]),
          .overflow(overflows[i])
      );
    end
  endgenerate

endmodule
