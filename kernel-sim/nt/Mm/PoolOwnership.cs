using System.Diagnostics;

namespace KernelSim.Nt.Mm;

/// <summary>
/// The tags of a machine's pool with the code that first allocated under each: for a debugger, which cannot tell from a tag alone whose it is.
/// </summary>
internal sealed class PoolOwnership
{
    private const string Boundary = "KernelSim.Nt.SystemCalls.";

    private static readonly string s_system = typeof(PoolOwnership).Assembly.GetName().Name!;

    private readonly List<PoolTagOwner> _owners = [];

    /// <summary>
    /// Notes that the calling thread allocates under a tag. If the tag is new to the machine this takes a stack walk, which is made outside of the
    /// list's lock; the caller may hold spin locks of the simulated kernel.
    /// </summary>
    public void Add(PoolTag tag)
    {
        if (Has(tag))
        {
            return;
        }

        PoolTagOwner owner = new(tag, CallingAssembly());
        lock (_owners)
        {
            if (!Has(tag))
            {
                _owners.Add(owner);
            }
        }
    }

    private bool Has(PoolTag tag)
    {
        lock (_owners)
        {
            return _owners.Exists(o => o.Tag == tag.Value);
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
