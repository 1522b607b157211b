namespace KernelSim.ObjectFiles.Programs;

/// <summary>What an instruction refers to.</summary>
internal enum CodeReferenceKind
{
    Call,
    FunctionAddress,
    Map,
    MapValue,
    ExternCall,
    ExternAddress,
}

/// <summary>An instruction that refers to something outside of its function.</summary>
/// <param name="Instruction">The instruction, counted from the start of the function.</param>
/// <param name="Kind">What it refers to.</param>
/// <param name="Target">The index of the function, map or extern.</param>
/// <param name="Offset">Of a value: where in it.</param>
internal readonly record struct CodeReference(int Instruction, CodeReferenceKind Kind, int Target, uint Offset = 0);
