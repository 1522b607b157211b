using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs;
using KernelSim.LabScripts.Machines;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.LabScripts.Ops;

/// <summary>
/// Helper calls of a BPF program on a processor: the map helpers.
/// </summary>
internal static class HelperOps
{
    /// <summary>The body of a program that uses a map.</summary>
    internal delegate EbpfResult Program(EbpfProgramContext context, EbpfMap map);

    private delegate (EbpfResult Result, byte[] Value) Reader(EbpfProgramContext context, EbpfMap map);

    /// <summary><c>helper_map_update_elem</c>.</summary>
    public static ScriptResult Update(ScriptSession session, ScriptCall call) => Run(
        session,
        call,
        hasKey: true,
        needsValue: true,
        (context, map) => (EbpfResult)(-context.MapUpdateElem(map, call.Bytes("key"), call.Bytes("value"), call.UInt64("flags"))));

    /// <summary><c>helper_map_delete_elem</c>.</summary>
    public static ScriptResult Delete(ScriptSession session, ScriptCall call) => Run(
        session,
        call,
        hasKey: true,
        needsValue: false,
        (context, map) => (EbpfResult)(-context.MapDeleteElem(map, call.Bytes("key"))));

    /// <summary><c>helper_map_lookup_elem</c>.</summary>
    public static ScriptResult Lookup(ScriptSession session, ScriptCall call) => Read(
        session, call, hasKey: true, (context, map) => Found(context.MapLookupElem(map, call.Bytes("key"))));

    /// <summary><c>helper_map_lookup_and_delete_elem</c>.</summary>
    public static ScriptResult LookupAndDelete(ScriptSession session, ScriptCall call) => Read(
        session, call, hasKey: true, (context, map) => Found(context.MapLookupAndDeleteElem(map, call.Bytes("key"))));

    /// <summary><c>helper_map_push_elem</c>.</summary>
    public static ScriptResult Push(ScriptSession session, ScriptCall call) => Run(
        session,
        call,
        hasKey: false,
        needsValue: true,
        (context, map) => (EbpfResult)(-context.MapPushElem(map, call.Bytes("value"), call.UInt64("flags"))));

    /// <summary><c>helper_map_pop_elem</c>.</summary>
    public static ScriptResult Pop(ScriptSession session, ScriptCall call) => Read(session, call, hasKey: false, (context, map) =>
    {
        byte[] value = new byte[map.Layout.ValueSize];
        return ((EbpfResult)(-context.MapPopElem(map, value)), value);
    });

    /// <summary><c>helper_map_peek_elem</c>.</summary>
    public static ScriptResult Peek(ScriptSession session, ScriptCall call) => Read(session, call, hasKey: false, (context, map) =>
    {
        byte[] value = new byte[map.Layout.ValueSize];
        return ((EbpfResult)(-context.MapPeekElem(map, value)), value);
    });

    /// <summary><c>helper_map_lookup_inner</c>: looks up a map in a map of maps, and a value in it.</summary>
    public static ScriptResult LookupInner(ScriptSession session, ScriptCall call)
    {
        uint? innerKeySize = null;
        uint innerValueSize = 0;
        ScriptResult result = Read(session, call, hasKey: true, (context, map) =>
        {
            if (context.MapLookupInnerMap(map, call.Bytes("key")) is not { } inner)
            {
                return (EbpfResult.ObjectNotFound, []);
            }

            (innerKeySize, innerValueSize) = (inner.Definition.KeySize, inner.Definition.ValueSize);
            return call.Bytes("inner_key") is { } key && key.Length == innerKeySize && innerValueSize <= UserBlocks.LargestBlock
                ? Found(context.MapLookupElem(inner, key))
                : (EbpfResult.InvalidArgument, []);
        });
        return innerKeySize is { } expected
            ? session.RefuseInVerifier(call, "inner_key", expected) ?? session.RefuseAllocation(call, "value", innerValueSize) ?? result
            : result;
    }

    private static (EbpfResult Result, byte[] Value) Found(ReadOnlySpan<byte> value) =>
        (value.IsEmpty ? EbpfResult.ObjectNotFound : EbpfResult.Success, value.ToArray());

    /// <summary>Runs a program that copies a value out.</summary>
    private static ScriptResult Read(ScriptSession session, ScriptCall call, bool hasKey, Reader reader)
    {
        byte[]? found = null;
        ScriptResult result = Run(session, call, hasKey, needsValue: false, copiesValue: true, program: (context, map) =>
        {
            (EbpfResult end, byte[] value) = reader(context, map);
            found = end == EbpfResult.Success ? value : null;
            return end;
        });
        return found is null ? result : session.Result(0, new ScriptOutput("value", found));
    }

    /// <summary>Runs a program on the line's processor with the line's map.</summary>
    internal static ScriptResult Run(
        ScriptSession session, ScriptCall call, bool hasKey, bool needsValue, Program program, bool copiesValue = false)
    {
        int cpu = (int)call.UInt32("cpu");
        int ret = ObjectOps.GetInfo(session, call.Descriptor(), out BpfMapInfo info);
        if (ret < 0)
        {
            return session.Result(ret);
        }

        if (hasKey && session.RefuseInVerifier(call, "key", info.KeySize) is { } badKey)
        {
            return badKey;
        }

        if (needsValue && session.RefuseInVerifier(call, "value", info.ValueSize) is { } badValue)
        {
            return badValue;
        }

        if (copiesValue && session.RefuseAllocation(call, "value", info.ValueSize) is { } tooLarge)
        {
            return tooLarge;
        }

        if (session.Calls.RefuseHelper(call, info) is { } refused)
        {
            return refused;
        }

        EbpfResult result = session.Lab.Driver.ReferenceMap(info.Id, out EbpfMap? map);
        if (map is not null)
        {
            session.Lab.Driver.RunProgram(cpu, context => result = program(context, map));
            map.Dereference();
        }

        return result == EbpfResult.Success
            ? session.Result(0)
            : session.Calls.HelperFailure(call, info, result);
    }
}
