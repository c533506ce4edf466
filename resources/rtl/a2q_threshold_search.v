// SPDX-License-Identifier: GPL-3.0-or-later
// Thresholds by binary search: as a2q_thresholds, with one comparison a lane and cycle, BITS cycles a
// beat.
//   LANES, FOLDS, P, BITS, SIGNED, ADD   as in a2q_thresholds
// Each lane reads a memory of its own: the word at {fold, k}, k = 1 ... 2^BITS - 1, holds -T_k
// (word k = 0 means nothing), after an edge with `read`.
// Streams: valid/ready; the next beat is taken in the last cycle of the one before; out_valid does
// not wait for out_ready; registered.
module a2q_threshold_search #(
    parameter integer LANES = 1,
    parameter integer FOLDS = 1,
    parameter integer P = 8,
    parameter integer BITS = 2,
    parameter integer SIGNED = 0,
    parameter integer ADD = 1,
    parameter integer ADDRESS = (FOLDS > 1 ? $clog2(FOLDS) : 0) + BITS
) (
    input  wire                     clk,
    input  wire                     rst,
    input  wire                     in_valid,
    output wire                     in_ready,
    input  wire [LANES*P-1:0]       in_data,
    output wire                     read,
    output wire [LANES*ADDRESS-1:0] addresses,
    input  wire [LANES*P-1:0]       thresholds,
    output reg                      out_valid,
    input  wire                     out_ready,
    output reg  [LANES*BITS-1:0]    out_data
);

  // bit_place has one 1: the bit that this cycle decides; none: no beat is being looked at.
  reg [BITS-1:0] bit_place;
  wire last = bit_place[0];
  wire give = last && (!out_valid || out_ready);
  wire step = |bit_place && (!last || give);
  wire take = in_valid && in_ready;
  localparam integer HALF = 1 << (BITS - 1);
  wire [BITS-1:0] top = HALF[BITS-1:0];

  assign in_ready = bit_place == {BITS{1'b0}} || give;
  assign read = take || step;

  always @(posedge clk) begin
    if (rst) bit_place <= {BITS{1'b0}};
    else if (take) bit_place <= top;
    else if (step) bit_place <= bit_place >> 1;
    if (rst) out_valid <= 1'b0;
    else if (give) out_valid <= 1'b1;
    else if (out_ready) out_valid <= 1'b0;
  end

  genvar lane;
  generate
    if (FOLDS > 1) begin : g_fold
      localparam integer FOLD_BITS = $clog2(FOLDS);
      wire [FOLD_BITS-1:0] coming;  // of the next beat
      reg [FOLD_BITS-1:0] current;
      wire [FOLD_BITS-1:0] fold = take ? coming : current;
      // verilator lint_off PINCONNECTEMPTY
      a2q_counter #(.COUNT(FOLDS)) folds (
          .clk(clk), .rst(rst), .step(take), .value(coming), .last()
      );
      // verilator lint_on PINCONNECTEMPTY
      always @(posedge clk) if (take) current <= coming;
      for (lane = 0; lane < LANES; lane = lane + 1) begin : g_address
        assign addresses[lane*ADDRESS+BITS+:FOLD_BITS] = fold;
      end
    end

    for (lane = 0; lane < LANES; lane = lane + 1) begin : g_lane
      reg signed [P-1:0] value;
      reg [BITS-1:0] found;  // the bits decided so far
      wire reached;
      a2q_reached #(.P(P), .ADD(ADD)) compare (
          .value(value), .negated(thresholds[lane*P+:P]), .reached(reached)
      );
      wire [BITS-1:0] decided = found | (reached ? bit_place : {BITS{1'b0}});
      wire [BITS-1:0] next = decided | (bit_place >> 1);
      assign addresses[lane*ADDRESS+:BITS] = take ? top : next;
      always @(posedge clk) begin
        if (take) value <= in_data[lane*P+:P];
        if (take) found <= {BITS{1'b0}};
        else if (step) found <= decided;
        if (give) out_data[lane*BITS+:BITS] <= SIGNED != 0 ? decided ^ top : decided;
      end
    end
  endgenerate

endmodule
