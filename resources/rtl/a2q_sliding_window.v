// SPDX-License-Identifier: GPL-3.0-or-later
// Sliding window: takes images pixel by pixel, channel-fastest, and gives the KH·KW pixels of every
// position of the window.
//   BITS            bits of a beat (LANES values)
//   FOLDS           beats a pixel
//   HEIGHT, WIDTH   of the image; KH, KW of the window; SH, SW stride; PH, PW rows and columns of
//                   zeros on each side, fewer than the window has
//   DEPTHWISE       0: beats in the order [kh][kw][fold]; 1: [fold][kh][kw]
//   BLOCK           as in a2q_ram
// One line buffer keeps the words from the window's first to its last, those of a stride more, and
// one; it is a ring. Places in the stream of words are numbered as if the zeros' places were words too,
// so that all steps between places are constants.
// Streams: valid/ready; out_valid does not wait for out_ready; one beat a cycle in, one out. Zeros
// that come before the first pixel of an image are given before that pixel has come.
module a2q_sliding_window #(
    parameter integer BITS = 4,
    parameter integer FOLDS = 1,
    parameter integer HEIGHT = 4,
    parameter integer WIDTH = 4,
    parameter integer KH = 3,
    parameter integer KW = 3,
    parameter integer SH = 1,
    parameter integer SW = 1,
    parameter integer PH = 0,
    parameter integer PW = 0,
    parameter integer DEPTHWISE = 0,
    parameter integer BLOCK = 0
) (
    input  wire            clk,
    input  wire            rst,
    input  wire            in_valid,
    output wire            in_ready,
    input  wire [BITS-1:0] in_data,
    output reg             out_valid,
    input  wire            out_ready,
    output wire [BITS-1:0] out_data
);

  localparam integer OH = (HEIGHT + 2 * PH - KH) / SH + 1;
  localparam integer OW = (WIDTH + 2 * PW - KW) / SW + 1;
  localparam integer ROW = WIDTH * FOLDS;
  localparam integer SPAN = (KH - 1) * ROW + KW * FOLDS;
  localparam integer DEPTH = SPAN + (SH - 1) * ROW + (SW - 1) * FOLDS + 1;
  localparam integer LEAD = PH * ROW + PW * FOLDS;

  // How far the window's first place moves.
  localparam integer MOVE_RIGHT = SW * FOLDS;
  localparam integer MOVE_DOWN = SH * ROW - (OW - 1) * SW * FOLDS;
  localparam integer MOVE_IMAGE = HEIGHT * ROW - (OH - 1) * SH * ROW - (OW - 1) * SW * FOLDS;
  // How far the place that is read moves, inside a window and from its last to the next one's first.
  localparam integer STEP_INNER = DEPTHWISE != 0 ? FOLDS : 1;
  localparam integer STEP_ROW = DEPTHWISE != 0 ? ROW - (KW - 1) * FOLDS : ROW - KW * FOLDS + 1;
  localparam integer STEP_FOLD = 1 - (KH - 1) * ROW - (KW - 1) * FOLDS;
  localparam integer STEP_RIGHT = MOVE_RIGHT - (SPAN - 1);
  localparam integer STEP_DOWN = MOVE_DOWN - (SPAN - 1);
  localparam integer STEP_IMAGE = MOVE_IMAGE - (SPAN - 1);

  localparam integer AW = $clog2(DEPTH);
  localparam integer CW = $clog2(DEPTH + ROW) + 3;  // bits of a distance, signed

  // The same steps round the ring, 0 ... DEPTH - 1.
  localparam integer RING_INNER = STEP_INNER % DEPTH;
  localparam integer RING_ROW = (STEP_ROW % DEPTH + DEPTH) % DEPTH;
  localparam integer RING_FOLD = (STEP_FOLD % DEPTH + DEPTH) % DEPTH;
  localparam integer RING_RIGHT = (STEP_RIGHT % DEPTH + DEPTH) % DEPTH;
  localparam integer RING_DOWN = (STEP_DOWN % DEPTH + DEPTH) % DEPTH;
  localparam integer RING_IMAGE = (STEP_IMAGE % DEPTH + DEPTH) % DEPTH;
  localparam integer RING_START = (DEPTH - LEAD % DEPTH) % DEPTH;

  // The place that is read, innermost counter first.
  wire load;
  wire kx_last, ky_last, fold_last, x_last, y_last;
  wire window_last = kx_last && ky_last && fold_last;
  wire right = load && window_last;
  wire down = right && x_last;
  localparam integer KX_BITS = KW > 1 ? $clog2(KW) : 1;
  localparam integer KY_BITS = KH > 1 ? $clog2(KH) : 1;
  wire [KX_BITS-1:0] kx;
  wire [KY_BITS-1:0] ky;
  wire kx_step = load && (DEPTHWISE != 0 || fold_last);
  wire fold_step = load && (DEPTHWISE == 0 || (kx_last && ky_last));
  a2q_counter #(.COUNT(KW)) kx_counter (
      .clk(clk), .rst(rst), .step(kx_step), .value(kx), .last(kx_last)
  );
  a2q_counter #(.COUNT(KH)) ky_counter (
      .clk(clk), .rst(rst), .step(kx_step && kx_last), .value(ky), .last(ky_last)
  );
  // verilator lint_off PINCONNECTEMPTY
  a2q_counter #(.COUNT(FOLDS)) fold_counter (
      .clk(clk), .rst(rst), .step(fold_step), .value(), .last(fold_last)
  );
  a2q_counter #(.COUNT(OW)) x_counter (
      .clk(clk), .rst(rst), .step(right), .value(), .last(x_last)
  );
  a2q_counter #(.COUNT(OH)) y_counter (
      .clk(clk), .rst(rst), .step(down), .value(), .last(y_last)
  );
  // verilator lint_on PINCONNECTEMPTY

  reg [CW-1:0] step;  // two's complement, as `move`
  reg [CW-1:0] move;
  reg [AW-1:0] ring_step;
  always @* begin
    step = STEP_INNER[CW-1:0];
    ring_step = RING_INNER[AW-1:0];
    move = {CW{1'b0}};
    if (window_last && x_last && y_last) begin
      step = STEP_IMAGE[CW-1:0];
      ring_step = RING_IMAGE[AW-1:0];
      move = MOVE_IMAGE[CW-1:0];
    end else if (window_last && x_last) begin
      step = STEP_DOWN[CW-1:0];
      ring_step = RING_DOWN[AW-1:0];
      move = MOVE_DOWN[CW-1:0];
    end else if (window_last) begin
      step = STEP_RIGHT[CW-1:0];
      ring_step = RING_RIGHT[AW-1:0];
      move = MOVE_RIGHT[CW-1:0];
    end else if (DEPTHWISE != 0 && kx_last && ky_last) begin
      step = STEP_FOLD[CW-1:0];
      ring_step = RING_FOLD[AW-1:0];
    end else if (kx_last && (DEPTHWISE != 0 || fold_last)) begin
      step = STEP_ROW[CW-1:0];
      ring_step = RING_ROW[AW-1:0];
    end
  end

  // Whether that place is outside the image.
  wire outside;
  generate
    if (PH == 0 && PW == 0) begin : g_no_padding
      // verilator lint_off UNUSED
      wire unused = ^{kx, ky};
      // verilator lint_on UNUSED
      assign outside = 1'b0;
    end else begin : g_padding
      wire above, beside;
      a2q_window_edge #(.SIZE(HEIGHT), .KERNEL(KH), .STRIDE(SH), .PADDING(PH)) rows (
          .clk(clk), .rst(rst), .next(down), .start(down && y_last), .offset(ky), .outside(above)
      );
      a2q_window_edge #(.SIZE(WIDTH), .KERNEL(KW), .STRIDE(SW), .PADDING(PW)) columns (
          .clk(clk), .rst(rst), .next(right), .start(down), .offset(kx), .outside(beside)
      );
      assign outside = above || beside;
    end
  endgenerate

  // `ahead`: words written from the place that is read on; `room`: words that may be written before
  // the window moves. Both may be below zero among the zeros' places.
  reg [CW-1:0] ahead;
  reg [CW-1:0] room;
  wire here = !ahead[CW-1] && ahead != {CW{1'b0}};
  assign in_ready = !room[CW-1] && room != {CW{1'b0}};
  wire write = in_valid && in_ready;
  assign load = (!out_valid || out_ready) && (outside || here);

  reg [AW-1:0] write_address;
  reg [AW-1:0] read_address;
  wire [AW:0] sum = {1'b0, read_address} + {1'b0, ring_step};
  wire [AW:0] wrapped = sum - DEPTH[AW:0];
  localparam integer LAST = DEPTH - 1;
  localparam integer ROOM = DEPTH - LEAD;
  always @(posedge clk) begin
    if (rst) begin
      ahead <= LEAD[CW-1:0];
      room <= ROOM[CW-1:0];
      write_address <= {AW{1'b0}};
      read_address <= RING_START[AW-1:0];
    end else begin
      ahead <= ahead + {{(CW - 1) {1'b0}}, write} - (load ? step : {CW{1'b0}});
      room <= room - {{(CW - 1) {1'b0}}, write} + (load ? move : {CW{1'b0}});
      if (write)
        write_address <= write_address == LAST[AW-1:0] ? {AW{1'b0}} : write_address + 1'b1;
      if (load) read_address <= wrapped[AW] ? sum[AW-1:0] : wrapped[AW-1:0];
    end
  end

  reg zero;
  wire [BITS-1:0] word;
  assign out_data = zero ? {BITS{1'b0}} : word;
  always @(posedge clk) begin
    if (rst) out_valid <= 1'b0;
    else if (!out_valid || out_ready) out_valid <= outside || here;
    if (load) zero <= outside;
  end
  a2q_ram #(.WIDTH(BITS), .DEPTH(DEPTH), .BLOCK(BLOCK)) ring (
      .clk(clk),
      .write(write),
      .write_address(write_address),
      .write_data(in_data),
      .read(load),
      .read_address(read_address),
      .read_data(word)
  );

endmodule
