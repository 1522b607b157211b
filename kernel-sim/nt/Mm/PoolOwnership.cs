using System.Diagnostics;

namespace KernelSim.Nt.Mm;

/// <summary>
/// The tags of a machine's pool with the code that first allocated under each: for a debugger, to which a tag alone does not say whose it is.
/// </summary>
internal sealed class PoolOwnership
{
    private const string Boundary = "KernelSim.Nt.SystemCalls.";

    private static readonly string s_system = typeof(PoolOwnership).Assembly.GetName().Name!;

    private readonly List<PoolTagOwner> _owners = [];

    /// <summary>
    /// Notes that the calling thread allocates under a tag. A stack walk if the tag is new to the machine, so no lock may be held.
    /// </summary>
    public void Add(PoolTag tag)
    {
        lock (_owners)
        {
            if (!_owners.Exists(o => o.Tag == tag.Value))
            {
                _owners.Add(new PoolTagOwner(tag, CallingAssembly()));
            }
        }
    }

    /// <summary>The innermost assembly on the stack that is not the system's. What is below a system call is the system's own.</summary>
    private static string CallingAssembly()
    {
        foreach (StackFrame frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is not { DeclaringAssemblyName: { } full } method)
            {
                continue;
            }

            string assembly = full.Split(',')[0];
            if (assembly != s_system)
            {
                return assembly;
            }

            if (method.DeclaringTypeName?.StartsWith(Boundary, StringComparison.Ordinal) == true)
            {
                break;
            }
        }

        return s_system;
    }
}
