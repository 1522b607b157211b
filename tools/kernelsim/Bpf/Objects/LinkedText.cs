using KernelSim.Bytecode;
using KernelSim.ObjectFiles;

namespace KernelSim.Tool.Bpf.Objects;

/// <summary>The text of a linked program's instructions, with the names of what they refer to where the bytes have numbers only.</summary>
internal sealed class LinkedText
{
    private readonly ObjectProgram _program;
    private readonly Dictionary<int, string> _names = [];

    /// <summary>Collects the names.</summary>
    public LinkedText(BpfObjectFile file, ObjectProgram program)
    {
        _program = program;
        foreach (MapReference map in program.MapReferences)
        {
            string name = $"map[{file.Maps[map.Map].Name}]";
            _names[map.Instruction] = map.IsValue ? $"{name}[0]+{map.Offset}" : name;
        }

        foreach (ExternReference item in program.ExternReferences)
        {
            _names[item.Instruction] = item.IsCall ? file.Externs[item.Extern].Name : $"&{file.Externs[item.Extern].Name}";
        }

        foreach (HelperCall call in program.HelperCalls)
        {
            _names[call.Instruction] = ObjectWords.Helper(call.Helper) is { } helper ? $"{helper}#{call.Helper}" : $"{call.Helper}";
        }
    }

    /// <summary>The text of an instruction.</summary>
    public string Of(int index)
    {
        BpfInstruction instruction = _program.Instructions[index];
        string? name = _names.GetValueOrDefault(index) ?? FunctionName(instruction, index);
        return ObjectWords.Visible(name is null ? Disassembly.TextOf(_program.Instructions.AsSpan(), index)
            : instruction.IsWide ? $"r{instruction.Destination} = {name} ll"
            : $"call {name}");
    }

    private string? FunctionName(BpfInstruction instruction, int index)
    {
        const int functionSource = 4;
        bool isAddress = instruction.IsWide && instruction.Source == functionSource;
        int target = index + 1 + instruction.Immediate;
        return (isAddress || instruction.IsLocalCall) && _program.FunctionOf(target) is { } function && function.FirstInstruction == target
            ? $"{(isAddress ? "&" : "")}{function.Function.Name}"
            : null;
    }
}
