using KernelSim.Debugger.Targets;
using KernelSim.Nt.Kd;

namespace KernelSim.Debugger.Structures;

/// <summary>Finds the machines of a target: from <c>KdDebuggerDataBlock</c>, whose schema it compares before it reads anything else.</summary>
internal static class MachineDirectory
{
    private const string Assembly = "KernelSim.Nt";

    private static readonly KernelField s_schema = KernelField.Of(typeof(KdDebuggerDataBlock), nameof(KdDebuggerDataBlock.Schema));
    private static readonly KernelField s_machines = KernelField.Of(typeof(KdDebuggerDataBlock), "s_machines");
    private static readonly KernelField s_handle = KernelField.Of<KdDebuggerDataBlock.Entry>(nameof(KdDebuggerDataBlock.Entry.Handle));
    private static readonly KernelField s_number = KernelField.Of<KdDebuggerDataBlock.Entry>(nameof(KdDebuggerDataBlock.Entry.Number));

    /// <summary>The machines, in the order in which they booted.</summary>
    /// <exception cref="TargetReadException">There is none, or it is of a version that this debugger does not know.</exception>
    public static IReadOnlyList<MachineView> Find(IDebugTarget target)
    {
        IReadOnlyList<ITargetObject> blocks = target.FindStatics(Assembly, typeof(KdDebuggerDataBlock).FullName!);
        List<MachineView> machines = [];
        foreach (ITargetObject block in blocks)
        {
            long schema = block.Integer(s_schema);
            if (schema != KdDebuggerDataBlock.SchemaVersion)
            {
                throw new TargetReadException(
                    $"{target.Name} has debugger data of version {schema}, expected {KdDebuggerDataBlock.SchemaVersion}: "
                    + "use the kernelsim of the version that runs there");
            }

            machines.AddRange(Read(target, block));
        }

        return machines.Count > 0
            ? [.. machines.OrderBy(m => m.Number)]
            : throw new TargetReadException(
                blocks.Count > 0 ? $"{target.Name} given, expected one with a machine: none has booted in it, or it was shut down"
                : target.IsLoaded(Assembly) ? $"{target.Name} given, expected one with a machine: none has booted in it, or its version is too old"
                : $"{target.Name} given, expected one with a machine: {Assembly} is not loaded in it");
    }

    private static IEnumerable<MachineView> Read(IDebugTarget target, ITargetObject block)
    {
        ITargetArray entries = block.Array(s_machines);
        for (int i = 0; i < entries.Length; i++)
        {
            ITargetObject entry = entries.StructAt(i);
            if (target.FromHandle(entry.Pointer(s_handle)) is { } machine)
            {
                yield return new MachineView(machine, (int)entry.Integer(s_number));
            }
        }
    }
}
