namespace KernelSim.Protocol.Checks;

// 4xxx: protocol handlers and the map store.
public static partial class CheckTable
{
}
