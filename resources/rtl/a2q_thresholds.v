// SPDX-License-Identifier: GPL-3.0-or-later
// Thresholds, all of a channel at once: the code of an accumulator is the least code of its format
// plus the number of thresholds T_k that the accumulator reaches.
//   LANES    channels of a beat
//   FOLDS    beats a pixel: FOLDS·LANES channels
//   P        bits of an accumulator (signed)
//   BITS     bits of a code: 2^BITS - 1 thresholds a channel, which ascend
//   SIGNED   1: codes are signed, so the count is offset by -2^(BITS-1)
//   ADD      as in a2q_reached
// Constants come from outside, {LANES{levels{P}}}, lane 0 and the least threshold in the low bits,
// as -T, which always fits P bits: the word at `fold` after an edge with `fold_enable`; with one
// fold the address means nothing. In the cycle after a reset no beat is taken.
// Streams: valid/ready, one beat a cycle; out_valid does not wait for out_ready; registered.
module a2q_thresholds #(
    parameter integer LANES = 1,
    parameter integer FOLDS = 1,
    parameter integer P = 8,
    parameter integer BITS = 2,
    parameter integer SIGNED = 0,
    parameter integer ADD = 1,
    parameter integer LEVELS = (1 << BITS) - 1,
    parameter integer ADDRESS = FOLDS > 1 ? $clog2(FOLDS) : 1
) (
    input  wire                      clk,
    input  wire                      rst,
    input  wire                      in_valid,
    output wire                      in_ready,
    input  wire [LANES*P-1:0]        in_data,
    output wire                      fold_enable,
    output wire [ADDRESS-1:0]        fold,
    input  wire [LANES*LEVELS*P-1:0] thresholds,
    output reg                       out_valid,
    input  wire                      out_ready,
    output reg  [LANES*BITS-1:0]     out_data
);

  wire primed;
  wire take = in_valid && in_ready;
  assign in_ready = primed && (!out_valid || out_ready);
  always @(posedge clk)
    if (rst) out_valid <= 1'b0;
    else if (!out_valid || out_ready) out_valid <= take;

  // `thresholds` hold those of one fold; the next ones are fetched as a beat is taken. The first are
  // fetched in the cycle after a reset, so that the address is a register and nothing else.
  assign fold_enable = take || !primed;
  generate
    if (FOLDS == 1) begin : g_one_fold
      assign fold = 1'b0;
      assign primed = 1'b1;
    end else begin : g_folds
      reg fetched;
      assign primed = fetched;
      always @(posedge clk) fetched <= !rst;
      // verilator lint_off PINCONNECTEMPTY
      a2q_counter #(.COUNT(FOLDS)) folds (
          .clk(clk), .rst(rst), .step(fold_enable), .value(fold), .last()
      );
      // verilator lint_on PINCONNECTEMPTY
    end
  endgenerate

  wire [LANES*BITS-1:0] codes;
  always @(posedge clk) if (take) out_data <= codes;

  genvar lane, k, b;
  generate
    for (lane = 0; lane < LANES; lane = lane + 1) begin : g_lane
      wire signed [P-1:0] value = in_data[lane*P+:P];
      // reached[k]: the k-th threshold is reached, k = 1 ... LEVELS; they ascend, so the count is
      // found by looking at one of them a bit.
      wire [LEVELS:0] reached;
      wire [BITS-1:0] count;
      assign reached[0] = 1'b1;
      for (k = 1; k <= LEVELS; k = k + 1) begin : g_level
        a2q_reached #(.P(P), .ADD(ADD)) compare (
            .value(value),
            .negated(thresholds[(lane*LEVELS+k-1)*P+:P]),
            .reached(reached[k])
        );
      end
      a2q_thermometer #(.BITS(BITS)) thermometer (.reached(reached), .count(count));
      for (b = 0; b < BITS; b = b + 1) begin : g_bit
        assign codes[lane*BITS+b] = b == BITS - 1 && SIGNED != 0 ? !count[b] : count[b];
      end
    end
  endgenerate

endmodule
