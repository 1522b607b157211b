namespace KernelSim.Bytecode;

/// <summary>The text of atomics: <c>lock *(u64 *)(r1 + 0) += r2</c>, <c>r2 = atomic_fetch_add((u64 *)(r1 + 0), r2)</c>.</summary>
internal static class AtomicText
{
    private static readonly Dictionary<AtomicOperation, (string Sign, string Name)> s_operations = new()
    {
        [AtomicOperation.Add] = ("+", "add"),
        [AtomicOperation.Or] = ("|", "or"),
        [AtomicOperation.And] = ("&", "and"),
        [AtomicOperation.Xor] = ("^", "xor"),
    };

    public static string Of(BpfInstruction instruction)
    {
        (string type, string suffix, char width) = instruction.AccessLength == 8 ? ("u64", "_64", 'r') : ("u32", "32_32", 'w');
        string place = AccessText.Place(instruction.Destination, instruction.Offset);
        string value = $"{width}{instruction.Source}";
        var operation = (AtomicOperation)(instruction.Immediate & ~Opcodes.Fetch);
        return operation switch
        {
            AtomicOperation.Exchange => $"{value} = xchg{suffix}({place}, {value})",
            AtomicOperation.CompareExchange => $"{width}0 = cmpxchg{suffix}({place}, {width}0, {value})",
            _ when !s_operations.TryGetValue(operation, out _) => $".atomic 0x{instruction.Immediate:x}",
            _ when (instruction.Immediate & Opcodes.Fetch) != 0 =>
                $"{value} = atomic_fetch_{s_operations[operation].Name}(({type} *)({place}), {value})",
            _ => $"lock *({type} *)({place}) {s_operations[operation].Sign}= {value}",
        };
    }
}
