namespace KernelSim.Tool.Tour.Telling;

/// <summary>How a stretch of memory maps onto the cells of a strip: a power of two bytes each, never a fraction.</summary>
/// <param name="Start">The address of the first cell.</param>
/// <param name="BytesPerCell">Bytes a cell stands for.</param>
internal readonly record struct Scale(ulong Start, ulong BytesPerCell)
{
    /// <summary>Cells that fit a line of 100 columns beside the longest label and before the bar that closes the lane.</summary>
    public const int MostCells = 79;

    /// <summary>The finest scale at which a stretch fits a line.</summary>
    public static Scale Fit(ulong start, ulong end, ulong finest = 1)
    {
        ulong bytes = finest;
        while ((end - start + bytes - 1) / bytes > MostCells)
        {
            bytes *= 2;
        }

        return new Scale(start, bytes);
    }

    /// <summary>The cell in which an address lies.</summary>
    public int CellOf(ulong address) => address <= Start ? 0 : (int)((address - Start + BytesPerCell - 1) / BytesPerCell);

    /// <summary>Cells from one address to another.</summary>
    public int Cells(ulong from, ulong to) => Math.Max(0, CellOf(to) - CellOf(from));

    /// <summary>In words, for a caption.</summary>
    public override string ToString() => $"1 cell = {Words.Of((long)BytesPerCell, "byte")}";
}
