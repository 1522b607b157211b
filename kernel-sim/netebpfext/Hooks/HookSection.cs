using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Hooks;

/// <summary>
/// A short period in which a thread delivers events to programs: it sees the same attachments throughout, and runs all programs in one
/// batch, that is, in one epoch. Both are begun when first needed. At one IRQL, on one processor.
/// </summary>
/// <remarks>
/// Attaching to or detaching from a hook that was used waits for the section's end, so a section is a few dozen events long.
/// All programs belong to one execution context, so the dispatch of the first serves to begin and end the batch.
/// </remarks>
internal unsafe ref struct HookSection
{
    /// <summary>Maximum number of hooks of a driver.</summary>
    public const int MaxHooks = 16;

    private readonly KeThread _current;
    private Attachments _held;
    private uint _used;
    private IHookDispatch? _batchOwner;
    private HookBatch _batch;

    public HookSection(KeThread current)
    {
        _current = current;
        _held = default;
        _batch = default;
    }

    /// <summary>The delivering thread.</summary>
    public readonly KeThread Current => _current;

    /// <summary>The filters of a hook, in the order in which they see an event.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public HookFilter[] FiltersOf(HookProvider hook)
    {
        uint bit = 1u << hook.Index;
        if ((_used & bit) == 0)
        {
            _held[hook.Index] = hook.Acquire();
            _used |= bit;
        }

        return _held[hook.Index]!.Filters;
    }

    /// <summary>The first filter of a hook that matches an event's number; null if none does.</summary>
    public HookFilter? FilterFor(HookProvider hook, uint number)
    {
        foreach (HookFilter filter in FiltersOf(hook))
        {
            if (filter.Wants(number))
            {
                return filter;
            }
        }

        return null;
    }

    /// <summary>Runs one program.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EbpfResult Run(HookClient client, void* context, out uint result)
    {
        if (_batchOwner is null)
        {
            _batchOwner = client.Dispatch;
            _batchOwner.BatchBegin(_current, out _batch);
        }

        return client.Dispatch.BatchInvoke(_current, ref _batch, (byte*)context, out result);
    }

    /// <summary>Ends the batch and releases the attachments.</summary>
    public void Dispose()
    {
        _batchOwner?.BatchEnd(_current, ref _batch);
        for (int i = 0; _used != 0; i++, _used >>= 1)
        {
            if ((_used & 1) != 0)
            {
                _held[i]!.Rundown.Release();
            }
        }
    }

    [InlineArray(MaxHooks)]
    private struct Attachments
    {
        private HookAttachments? _hook;
    }
}
