namespace KernelSim.Bytecode;

/// <summary>The text of <c>lddw</c> with its source variants.</summary>
internal static class WideText
{
    private static readonly string[] s_sources = ["", "map_by_fd", "map_val", "variable_addr", "code_addr", "map_by_idx", "map_val_by_idx"];

    public static string Of(BpfInstruction instruction, BpfInstruction second)
    {
        string register = $"r{instruction.Destination}";
        return instruction.Source switch
        {
            0 => $"{register} = 0x{instruction.WideConstant(second):x} ll",
            BpfInstruction.MapValueSource or 6 => $"{register} = {s_sources[instruction.Source]}({instruction.Immediate}) + {second.Immediate} ll",
            < 7 => $"{register} = {s_sources[instruction.Source]}({instruction.Immediate}) ll",
            _ => $"{register} = source{instruction.Source}({instruction.Immediate}) ll",
        };
    }
}
