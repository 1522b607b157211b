using KernelSim.Debugger.Structures;
using KernelSim.LabScripts;
using KernelSim.Protocol.Gate;

namespace KernelSim.Playground.State;

/// <summary>Which descriptors of the program stand for which handles, and so for which objects.</summary>
internal sealed class DescriptorNames
{
    private readonly Dictionary<ulong, int> _byHandle = [];
    private readonly Dictionary<uint, List<int>> _byObject = [];

    /// <summary>Reads them.</summary>
    /// <param name="session">The program.</param>
    /// <param name="machine">The machine that it runs on.</param>
    public DescriptorNames(ScriptSession session, MachineView machine)
    {
        foreach ((int descriptor, NtHandle handle) in session.Library.Descriptors)
        {
            _byHandle[(ulong)handle.Value] = descriptor;
        }

        if (machine.Processes.FirstOrDefault(p => p.Id == (uint)session.Gate.ProcessId) is not { } process)
        {
            return;
        }

        Process = process.Id;
        foreach ((ulong handle, ObjectView target) in process.Handles)
        {
            if (Of(process.Id, handle) is { } descriptor && EbpfObjectView.From(target.FsContext) is { } found)
            {
                if (!_byObject.TryGetValue(found.Id, out List<int>? all))
                {
                    _byObject.Add(found.Id, all = []);
                }

                all.Add(descriptor);
            }
        }
    }

    /// <summary>The program's process; null once it has ended.</summary>
    public uint? Process { get; }

    /// <summary>The descriptor that owns a handle; null for none.</summary>
    public int? Of(uint process, ulong handle) => process == Process && _byHandle.TryGetValue(handle, out int descriptor) ? descriptor : null;

    /// <summary>The descriptors of an object.</summary>
    public IReadOnlyList<int> Of(uint id) => _byObject.GetValueOrDefault(id) ?? [];
}
