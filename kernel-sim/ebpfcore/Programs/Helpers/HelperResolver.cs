using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>Resolves the helpers that a program calls: <c>ebpf_core_resolve_helper</c>.</summary>
internal static class HelperResolver
{
    /// <summary>Fixes the ids, finds each helper, and fixes or compares the hash of what the program was verified against.</summary>
    /// <param name="caller">The caller, for checks and traces.</param>
    /// <param name="program">The program that calls them.</param>
    /// <param name="ids">Ids of the helpers, each once.</param>
    /// <param name="implicitContext">On success, for each helper whether it takes the context in addition to its arguments.</param>
    public static EbpfResult Resolve(in Caller caller, EbpfProgram program, uint[] ids, out bool[]? implicitContext)
    {
        implicitContext = new bool[ids.Length];
        EbpfResult result = Resolve(caller, program, ids, implicitContext);
        if (result != EbpfResult.Success)
        {
            // This includes the ids of an earlier call that succeeded.
            program.Providers.ClearHelperIds(caller.Current);
            implicitContext = null;
        }

        return result;
    }

    private static EbpfResult Resolve(in Caller caller, EbpfProgram program, uint[] ids, bool[] implicitContext)
    {
        bool isFirst = program.Providers.SetHelperIds(caller.Current, ids);
        if (!caller.Require(isFirst, CheckTable.ResolveHelperOnce, isFirst ? 0 : 1, 0))
        {
            return caller.Refused;
        }

        int fixedCount = program.Providers.HelperCount;
        if (!caller.Require(ids.Length >= fixedCount, CheckTable.ResolveHelperCount, ids.Length, fixedCount))
        {
            return caller.Refused;
        }

        for (int i = 0; i < ids.Length; i++)
        {
            if (!caller.Require(program.TypeData is not null, CheckTable.ProgramProvider, 0, 1))
            {
                return caller.Refused;
            }

            bool isReachable = program.CodeType != EbpfCodeType.Jit || program.Bindings.HasTrampolines;
            if (!caller.Require(isReachable, CheckTable.ResolveHelperTrampolines, isReachable ? 1 : 0, 1))
            {
                return caller.Refused;
            }

            BoundHelper? found = program.Bindings.Find(ids[i]);
            bool isKnown = found is not null || HelperTable.Has(ids[i]);
            if (!caller.Require(isKnown, CheckTable.ResolveHelperKnown, ids[i], HelperTable.LastId)
                || !caller.Require(found is not null, CheckTable.ResolveHelperImplemented, ids[i], 1))
            {
                return caller.Refused;
            }

            implicitContext[i] = found!.Prototype.ImplicitContext;
        }

        EbpfResult result = program.Providers.SetInfoHash(caller.Current, out bool matches);
        if (!caller.Require(result == EbpfResult.Success, CheckTable.ProgramProvider, result == EbpfResult.Success ? 1 : 0, 1)
            || !caller.Require(matches, CheckTable.ProgramInfoHash, matches ? 1 : 0, 1))
        {
            return caller.Refused;
        }

        return EbpfResult.Success;
    }
}
