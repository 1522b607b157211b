using KernelSim.Bytecode;

namespace KernelSim.ObjectFiles.Programs;

/// <summary>A program while it is put together.</summary>
/// <param name="starts">Where each function starts, by the index of the first function that has its code.</param>
internal sealed class LinkedProgram(IReadOnlyDictionary<int, int> starts)
{
    private const int ExternCallSource = 2;
    private const int ExternAddressSource = 3;
    private const int FunctionSource = 4;

    private readonly List<BpfInstruction> _instructions = [];
    private readonly List<LinkedFunction> _functions = [];
    private readonly List<MapReference> _maps = [];
    private readonly List<ExternReference> _externs = [];
    private readonly List<HelperCall> _helpers = [];
    private readonly List<SourceLine> _lines = [];

    /// <summary>Appends a function.</summary>
    public void Append(FunctionBody body, ObjectFunction function)
    {
        int start = _instructions.Count;
        _functions.Add(new LinkedFunction(function, start));
        _instructions.AddRange(body.Instructions);
        _lines.AddRange(body.Lines.Select(line => line.At(start + line.Instruction)));
        foreach (CodeReference reference in body.References)
        {
            Resolve(reference, start + reference.Instruction);
        }

        for (int at = start; at < _instructions.Count; at += _instructions[at].IsWide ? 2 : 1)
        {
            if (_instructions[at].IsHelperCall)
            {
                _helpers.Add(new HelperCall(at, _instructions[at].Immediate));
            }
        }
    }

    public ObjectProgram ToProgram(int index, ObjectFunction entry) => new()
    {
        Index = index,
        Function = entry,
        Instructions = [.. _instructions],
        Functions = [.. _functions],
        MapReferences = [.. _maps],
        ExternReferences = [.. _externs],
        HelperCalls = [.. _helpers],
        Lines = [.. _lines],
    };

    private void Resolve(CodeReference reference, int at)
    {
        int target = reference.Target;
        switch (reference.Kind)
        {
            case CodeReferenceKind.Call:
                Set(at, _instructions[at].Source, Distance(at, target));
                break;
            case CodeReferenceKind.FunctionAddress:
                Set(at, FunctionSource, Distance(at, target));
                break;
            case CodeReferenceKind.Map:
                _maps.Add(new MapReference(at, target, IsValue: false, 0));
                Set(at, BpfInstruction.MapSource, target, second: 0);
                break;
            case CodeReferenceKind.MapValue:
                _maps.Add(new MapReference(at, target, IsValue: true, reference.Offset));
                Set(at, BpfInstruction.MapValueSource, target, (int)reference.Offset);
                break;
            case CodeReferenceKind.ExternCall:
                _externs.Add(new ExternReference(at, target, IsCall: true));
                Set(at, ExternCallSource, target);
                break;
            default:
                _externs.Add(new ExternReference(at, target, IsCall: false));
                Set(at, ExternAddressSource, target, second: 0);
                break;
        }
    }

    private int Distance(int at, int function) => starts[function] - at - 1;

    private void Set(int at, int source, int immediate)
    {
        BpfInstruction instruction = _instructions[at];
        _instructions[at] = new BpfInstruction(instruction.Opcode, instruction.Destination, source, instruction.Offset, immediate);
    }

    private void Set(int at, int source, int immediate, int second)
    {
        Set(at, source, immediate);
        _instructions[at + 1] = _instructions[at + 1] with { Immediate = second };
    }
}
