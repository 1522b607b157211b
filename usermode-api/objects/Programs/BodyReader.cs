using System.Collections.Immutable;
using KernelSim.ObjectFiles.Btf;

namespace KernelSim.ObjectFiles.Programs;

/// <summary>Reads the bodies of all functions, each piece of code once.</summary>
internal sealed class BodyReader(IReadOnlyDictionary<int, CodeSection> code, ReferenceReader references, BtfTypeTable? types, BtfExt ext)
{
    /// <summary>The bodies by the index of the function.</summary>
    public bool TryRead(ImmutableArray<ObjectFunction> functions, out FunctionBody[] bodies)
    {
        bodies = new FunctionBody[functions.Length];
        foreach (ObjectFunction function in functions)
        {
            int first = code[function.SectionIndex].FunctionAt(function.FirstInstruction)!.Value;
            if (first != function.Index)
            {
                bodies[function.Index] = bodies[first];
            }
            else if (references.TryRead(function, out List<CodeReference> found))
            {
                bodies[function.Index] = new FunctionBody(
                    function,
                    code[function.SectionIndex].Instructions.Slice(function.FirstInstruction, function.InstructionCount),
                    found,
                    LinesOf(function));
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private List<SourceLine> LinesOf(ObjectFunction function)
    {
        List<SourceLine> lines = [];
        LineRecord[] records = ext.Lines.GetValueOrDefault(function.SectionIndex) ?? [];
        int at = Array.BinarySearch(records, new LineRecord(function.FirstInstruction, 0, 0, 0), LineRecord.ByInstruction);
        for (at = at < 0 ? ~at : at; at < records.Length && records[at].Instruction < function.End; at++)
        {
            lines.Add(new SourceLine(types!.Strings, records[at], records[at].Instruction - function.FirstInstruction));
        }

        return lines;
    }
}
