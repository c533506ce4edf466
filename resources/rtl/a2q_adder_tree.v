// SPDX-License-Identifier: GPL-3.0-or-later
// The sum of COUNT signed values of WIDTH bits, as a balanced tree whose sums grow by one bit a
// level, so that none can wrap: WIDTH + ceil(log2(COUNT)) bits. No registers.
module a2q_adder_tree #(
    parameter integer COUNT = 2,
    parameter integer WIDTH = 4
) (
    input  wire [COUNT*WIDTH-1:0]                values,
    output wire signed [WIDTH+$clog2(COUNT)-1:0] sum
);

  generate
    if (COUNT == 1) begin : g_leaf
      assign sum = values;
    end else begin : g_node
      localparam integer LEFT = (COUNT + 1) / 2;
      localparam integer RIGHT = COUNT - LEFT;
      localparam integer LEFT_WIDTH = WIDTH + $clog2(LEFT);
      localparam integer RIGHT_WIDTH = WIDTH + $clog2(RIGHT);
      localparam integer SUM_WIDTH = WIDTH + $clog2(COUNT);
      wire signed [LEFT_WIDTH-1:0] left;
      wire signed [RIGHT_WIDTH-1:0] right;
      wire signed [SUM_WIDTH-1:0] left_wide = {left[LEFT_WIDTH-1], left};
      wire signed [SUM_WIDTH-1:0] right_wide = {
        {(SUM_WIDTH - RIGHT_WIDTH) {right[RIGHT_WIDTH-1]}}, right
      };
      a2q_adder_tree #(.COUNT(LEFT), .WIDTH(WIDTH)) left_tree (
          .values(values[LEFT*WIDTH-1:0]),
          .sum(left)
      );
      a2q_adder_tree #(.COUNT(RIGHT), .WIDTH(WIDTH)) right_tree (
          .values(values[COUNT*WIDTH-1:LEFT*WIDTH]),
          .sum(right)
      );
      assign sum = left_wide + right_wide;
    end
  endgenerate

endmodule
