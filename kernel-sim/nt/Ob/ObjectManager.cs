namespace KernelSim.Nt.Ob;

/// <summary>Counts live objects by type, and keeps the namespace: devices and symbolic links by name, case-insensitive.</summary>
public sealed class ObjectManager
{
    /// <summary>Live objects by type name, for leak reports and debuggers.</summary>
    public IReadOnlyDictionary<string, long> LiveObjects => throw null!;
}
