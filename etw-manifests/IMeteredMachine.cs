namespace KernelSim.Tracing;

/// <summary>What the meter reads from a machine when a listener asks, on the listener's thread, while the machine runs.</summary>
public interface IMeteredMachine
{
    /// <summary>Reads the bytes of pool in use by tag: exact while no other thread allocates or frees.</summary>
    /// <param name="add">Takes a tag, as its owner's name, and the bytes in use under it.</param>
    void ReadPool(Action<string, long> add);
}
