using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// What a running program has: its processor and the map helpers, by their upstream names. It lives as long as the program's epoch; so
/// does everything that it hands out.
/// </summary>
/// <remarks>
/// An extension may implement some general helpers in the driver's place, such as those about the current process: programs of its type
/// then get those. Maps and memory are the driver's.
/// Helpers answer 0 or a negative <see cref="EbpfResult"/>, as upstream's do; neither makes garbage. A per-CPU map shows a program its
/// own processor's slot only.
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
    [Helper(8)]
    public int Processor => _call.Thread.ProcessorNumber;

    /// <summary>The kernel's view of the thread that runs the program.</summary>
    public KeThread Thread => _call.Thread;

    /// <summary>The call as helpers see it: for those that have no method here, such as a program type's own.</summary>
    public HelperCall Call => _call;

    /// <summary>
    /// What the context's data pointers enclose, such as a packet; empty where the program's type has none. A helper that moves them makes
    /// it stale.
    /// </summary>
    public Span<byte> Data
    {
        get
        {
            if (_call.Context == null
                || _call.Program?.TypeData?.Info.Descriptor.ContextDescriptor is not { Data: >= 0, End: >= 0, Size: > 0 } descriptor)
            {
                return default;
            }

            byte* data = *(byte**)(_call.Context + descriptor.Data);
            return new Span<byte>(data, (int)(*(byte**)(_call.Context + descriptor.End) - data));
        }
    }

    /// <summary>The program's context as the structure that its type's extension lays it out as.</summary>
    public ref T ContextAs<T>()
        where T : unmanaged => ref *(T*)_call.Context;

    /// <summary>One of the maps that the program's module declares, by its number there.</summary>
    public EbpfMap Map(int index) => _maps[index];

    /// <summary>One of the maps that the program's module declares, by its member of the enumeration that declares them.</summary>
    /// <remarks>Name the member right in the call: the module's compiler reads from the code which maps a program uses.</remarks>
    public EbpfMap Map<TMaps>(TMaps map)
        where TMaps : struct, Enum => _maps[Unsafe.As<TMaps, int>(ref map)];

    /// <summary>
    /// Runs another program in this one's place, once this one has returned: <c>bpf_tail_call</c>. Up to 33 times in one invocation.
    /// </summary>
    /// <param name="programs">A map of programs.</param>
    /// <param name="index">Which of them.</param>
    /// <returns>
    /// 0: return now, the result is the other program's. -27: no more tail calls. -6: no such program; go on without it.
    /// </returns>
    [Helper(5)]
    public int TailCall(EbpfMap programs, uint index) => Helpers.TailCall.Run(_call, programs, index);
}
