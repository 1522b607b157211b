namespace KernelSim.Bytecode;

/// <summary>The text of <c>lddw</c> with its source variants.</summary>
internal static class WideText
{
    private static readonly string[] s_sources = ["", "map_by_fd", "map_val", "variable_addr", "code_addr", "map_by_idx", "map_val_by_idx"];

    public static string Of(BpfInstruction instruction, int next)
    {
        string register = $"r{instruction.Destination}";
        return instruction.Source switch
        {
            0 => $"{register} = 0x{((ulong)(uint)next << 32) | (uint)instruction.Immediate:x} ll",
            2 or 6 => $"{register} = {s_sources[instruction.Source]}({instruction.Immediate}) + {next} ll",
            < 7 => $"{register} = {s_sources[instruction.Source]}({instruction.Immediate}) ll",
            _ => $"{register} = source{instruction.Source}({instruction.Immediate}) ll",
        };
    }
}
