using System.Collections.Immutable;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Programs;

/// <summary>Links each program with the functions that it calls, in the order in which libbpf appends them: each at its first call.</summary>
internal sealed class Linker(ImmutableArray<ObjectFunction> functions, FunctionBody[] bodies, ObjectReading reading)
{
    private const int LongestProgram = 1_000_000;
    private const int LongestTotal = 2_000_000;

    private int _total;

    public bool TryLink(ImmutableArray<ObjectFunction> entries, out ImmutableArray<ObjectProgram> programs)
    {
        programs = [];
        ImmutableArray<ObjectProgram>.Builder linked = ImmutableArray.CreateBuilder<ObjectProgram>(entries.Length);
        foreach (ObjectFunction entry in entries)
        {
            if (!TryPlace(entry, out Dictionary<int, int> starts, out List<int> order))
            {
                return false;
            }

            LinkedProgram program = new(starts);
            foreach (int function in order)
            {
                program.Append(bodies[function], function == entry.Index ? entry : functions[function]);
            }

            linked.Add(program.ToProgram(linked.Count, entry));
        }

        programs = linked.MoveToImmutable();
        return true;
    }

    // Depth first, without recursion: a file can have calls of any depth.
    private bool TryPlace(ObjectFunction entry, out Dictionary<int, int> starts, out List<int> order)
    {
        starts = [];
        order = [];
        int length = 0;
        Stack<(int Function, int NextReference)> open = new([(entry.Index, 0)]);
        while (open.TryPop(out (int Function, int NextReference) top))
        {
            FunctionBody body = bodies[top.Function];
            if (top.NextReference == 0 && starts.TryAdd(body.Function.Index, length))
            {
                order.Add(top.Function);
                length += body.Instructions.Length;
                _total += body.Instructions.Length;
                string field = $"program '{entry.Name}'";
                if (!reading.Require(length <= LongestProgram, CheckTable.ElfProgramSize, 0, field, length, LongestProgram)
                    || !reading.Require(_total <= LongestTotal, CheckTable.ElfTotalSize, 0, field, _total, LongestTotal))
                {
                    return false;
                }
            }

            int next = top.NextReference;
            while (next < body.References.Count && !IsNew(body.References[next], starts))
            {
                next++;
            }

            if (next < body.References.Count)
            {
                open.Push((top.Function, next + 1));
                open.Push((body.References[next].Target, 0));
            }
        }

        return true;
    }

    private bool IsNew(CodeReference reference, Dictionary<int, int> starts) =>
        reference.Kind is CodeReferenceKind.Call or CodeReferenceKind.FunctionAddress
        && !starts.ContainsKey(bodies[reference.Target].Function.Index);
}
