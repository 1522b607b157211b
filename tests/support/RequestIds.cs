using System.Runtime.CompilerServices;
using System.Text;

namespace KernelSim.Tests;

/// <summary>
/// Request ids by which a test knows the events of its machine: the providers belong to the host process, and tests run side by side.
/// </summary>
public static class RequestIds
{
    /// <summary>Number of ids that one machine may use.</summary>
    public const ulong PerMachine = 1UL << 32;

    /// <summary>The base that a test boots its machine with: made from the test's name and file, positive as a signed number.</summary>
    public static ulong BaseOf([CallerMemberName] string test = "", [CallerFilePath] string file = "")
    {
        uint hash = 2166136261;
        foreach (byte b in Encoding.UTF8.GetBytes(file + test))
        {
            hash = (hash ^ b) * 16777619;
        }

        return ((hash >> 1) | 1) * PerMachine;
    }
}
