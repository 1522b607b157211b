using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs.Helpers;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// The environment of a running program: its processor and the map helpers, by their upstream names. It lives as long as the program's epoch; so
/// does everything obtained from it.
/// </summary>
/// <remarks>
/// An extension may implement general helpers in the driver's place, as the network's do for the current process, the logon session and
/// the socket's cookie. The members about the process, the thread and the socket therefore call the helper by its id, as it is bound for the
/// program's type. All other members call the driver's body directly: upstream's extensions replace none of these helpers, and a direct call
/// saves the look-up and the indirection on the paths that programs run most.
/// Helpers return 0 or a negative <see cref="EbpfResult"/>, as upstream's do. They allocate no managed memory, except a look-up in an LPM trie
/// whose prefix exceeds 252 bytes. In a per-CPU map a program sees only its own processor's slot.
/// </remarks>
public readonly unsafe ref partial struct EbpfProgramContext
{
    private readonly HelperCall _call;
    private readonly EbpfMap[] _maps;

    internal EbpfProgramContext(in HelperCall call, EbpfMap[] maps)
    {
        _call = call;
        _maps = maps;
    }

    /// <summary>The program's context, as its hook's extension lays it out; null for code that a tool runs without one.</summary>
    public byte* Context => _call.Context;

    /// <summary>The processor that the program runs on: <c>bpf_get_smp_processor_id</c>.</summary>
    [Helper(BpfFuncId.GetSmpProcessorId)]
    public int Processor => _call.Thread.ProcessorNumber;

    /// <summary>The kernel's view of the thread that runs the program.</summary>
    public KeThread Thread => _call.Thread;

    /// <summary>The call as helpers see it: for helpers without a method here, such as a program type's own.</summary>
    public HelperCall Call => _call;

    /// <summary>
    /// The memory between the context's data pointers, such as a packet; empty if the program's type has none. A helper that moves the data
    /// invalidates it.
    /// </summary>
    public Span<byte> Data
    {
        get
        {
            _call.GetContextData(_call.Context, out byte* data, out byte* end);
            return new Span<byte>(data, (int)(end - data));
        }
    }

    /// <summary>The program's context as the structure defined by its type's extension.</summary>
    public ref T ContextAs<T>()
        where T : unmanaged => ref *(T*)_call.Context;

    /// <summary>One of the maps that the program's module declares, by its number there.</summary>
    public EbpfMap Map(int index) => _maps[index];

    /// <summary>One of the maps that the program's module declares, by the enum member that declares it.</summary>
    /// <remarks>Name the member directly in the call: the module's compiler reads from the code which maps a program uses.</remarks>
    public EbpfMap Map<TMaps>(TMaps map)
        where TMaps : struct, Enum => _maps[Unsafe.As<TMaps, int>(ref map)];

    /// <summary>
    /// Runs another program in place of this one, once this one has returned: <c>bpf_tail_call</c>. Up to 33 times in one invocation.
    /// </summary>
    /// <param name="programs">A program array.</param>
    /// <param name="index">Index of the program in the array.</param>
    /// <returns>
    /// 0: return now, the result is the other program's. -27: no more tail calls. -6: no such program; continue without it.
    /// </returns>
    [Helper(BpfFuncId.TailCall)]
    public int TailCall(EbpfMap programs, uint index) => TailCallHelper.Request(_call, programs, index);
}
