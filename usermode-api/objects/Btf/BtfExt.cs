namespace KernelSim.ObjectFiles.Btf;

/// <summary>The section <c>.BTF.ext</c>: which line and which function the instructions of each section belong to.</summary>
internal sealed class BtfExt
{
    /// <summary>No lines and no functions.</summary>
    public static BtfExt Empty { get; } = new();

    /// <summary>The lines of a section of code, by its index, in the order of the instructions.</summary>
    public Dictionary<int, LineRecord[]> Lines { get; } = [];

    /// <summary>The types of the functions of a section of code, by its index, in the order of the instructions.</summary>
    public Dictionary<int, FunctionRecord[]> Functions { get; } = [];

    /// <summary>The type of the function that starts at an instruction of a section; 0 where it is not said.</summary>
    public int TypeAt(int section, int instruction)
    {
        FunctionRecord[] records = Functions.GetValueOrDefault(section) ?? [];
        int at = Array.BinarySearch(records, new FunctionRecord(instruction, 0), FunctionRecord.ByInstruction);
        return at < 0 ? 0 : records[at].Type;
    }
}

/// <summary><c>struct bpf_line_info</c>.</summary>
/// <param name="Instruction">The first instruction of the line, counted from the start of the section.</param>
/// <param name="File">Where in the strings the file's name is.</param>
/// <param name="Text">Where in the strings the line's text is.</param>
/// <param name="Place">Line and column: <c>line_col</c>.</param>
internal readonly record struct LineRecord(int Instruction, uint File, uint Text, uint Place)
{
    public static IComparer<LineRecord> ByInstruction { get; } =
        Comparer<LineRecord>.Create((a, b) => a.Instruction.CompareTo(b.Instruction));
}

/// <summary><c>struct bpf_func_info</c>.</summary>
/// <param name="Instruction">The first instruction of the function, counted from the start of the section.</param>
/// <param name="Type">Its type, of kind function.</param>
internal readonly record struct FunctionRecord(int Instruction, int Type)
{
    public static IComparer<FunctionRecord> ByInstruction { get; } =
        Comparer<FunctionRecord>.Create((a, b) => a.Instruction.CompareTo(b.Instruction));
}
