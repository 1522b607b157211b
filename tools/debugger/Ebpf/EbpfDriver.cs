using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Ebpf;

/// <summary>The eBPF driver of the current machine, and its objects by id.</summary>
/// <param name="machines">The machines.</param>
internal sealed class EbpfDriver(IMachineAccess machines)
{
    private const int MostNamed = 20;

    /// <summary>What the driver's device leads to.</summary>
    /// <exception cref="CommandException">It is not loaded.</exception>
    public CoreView Core => CoreView.Find(machines.Current)
        ?? throw new CommandException($"machine {machines.Current.Number} has no eBPF driver loaded, expected one: !drvobj lists its drivers");

    /// <summary>The paths that an object is pinned to.</summary>
    public static IReadOnlyList<string> PathsOf(IReadOnlyList<PinView> pins, uint id) => [.. pins.Where(p => p.Object.Id == id).Select(p => p.Path)];

    /// <summary>The map of an id.</summary>
    public MapView Map(string command, uint id) => Find(command, "map", id, Core.Maps, m => m.Id);

    /// <summary>The program of an id.</summary>
    public ProgramView Program(string command, uint id) => Find(command, "program", id, Core.Programs, p => p.Id);

    private static T Find<T>(string command, string what, uint id, IEnumerable<T> all, Func<T, uint> idOf)
        where T : class
    {
        List<uint> ids = [];
        foreach (T one in all)
        {
            if (idOf(one) == id)
            {
                return one;
            }

            ids.Add(idOf(one));
        }

        string known = ids.Count == 0 ? "there is none" : string.Join(", ", ids.Take(MostNamed)) + (ids.Count > MostNamed ? ", ..." : "");
        throw new CommandException($"{command}: {what} {id} given, expected the id of one: {known}");
    }
}
