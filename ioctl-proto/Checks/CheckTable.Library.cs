namespace KernelSim.Protocol.Checks;

// 1xxx: the user library.
public static partial class CheckTable
{
}
