using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Structures;
using KernelSim.Nt.Mm;

namespace KernelSim.Debugger.Nt;

/// <summary>Whose a pool tag is: the driver whose code was the first to allocate under it, or the system.</summary>
internal sealed class PoolOwners
{
    private static readonly string s_system = typeof(Pool).Assembly.GetName().Name!;

    private readonly Dictionary<PoolTag, string> _assemblies = [];
    private readonly Dictionary<string, string> _drivers = [];

    public PoolOwners(CommandCall call, MachineView machine)
    {
        call.Each(machine.Pool.Owners, owner => _assemblies.TryAdd(owner.Tag, owner.Assembly));
        call.Each(machine.Drivers, driver =>
            _drivers[driver.Assembly] = _drivers.TryGetValue(driver.Assembly, out string? other) ? $"{other} or {driver.Name}" : driver.Name);
    }

    /// <summary>The driver's name; that of its assembly if it is loaded no longer, or if no driver has that code.</summary>
    public string Of(PoolTag tag) =>
        !_assemblies.TryGetValue(tag, out string? assembly) || assembly == s_system
            ? "system"
            : _drivers.GetValueOrDefault(assembly, $"{assembly}.dll");
}
