// SPDX-License-Identifier: GPL-3.0-or-later
// Counts 0 ... COUNT - 1, one further at each edge with `step`, then from 0 again; `last` at
// COUNT - 1.
module a2q_counter #(
    parameter integer COUNT = 2,
    parameter integer BITS = COUNT > 1 ? $clog2(COUNT) : 1
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            step,
    output wire [BITS-1:0] value,
    output wire            last
);

  generate
    if (COUNT == 1) begin : g_one
      // verilator lint_off UNUSED
      wire unused = clk | rst | step;  // one value: nothing to count
      // verilator lint_on UNUSED
      assign value = 1'b0;
      assign last = 1'b1;
    end else begin : g_many
      // `last` is a register too, so that what depends on it is not as deep as a comparison.
      localparam integer SECOND_LAST = COUNT - 2;
      reg [BITS-1:0] count;
      reg at_last;
      assign value = count;
      assign last = at_last;
      always @(posedge clk)
        if (rst) begin
          count <= {BITS{1'b0}};
          at_last <= 1'b0;
        end else if (step) begin
          count <= at_last ? {BITS{1'b0}} : count + 1'b1;
          at_last <= count == SECOND_LAST[BITS-1:0];
        end
    end
  endgenerate

endmodule
