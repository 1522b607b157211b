using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Images;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Protocol.Modules;

namespace KernelSim.EbpfCore.Tests.Refusals;

// 455x to 458x: native modules. The first rows refuse the driver that attaches.
internal static partial class RefusalWays
{
    private static readonly (Check Check, Func<RefusalBench, NtStatus> Way)[] s_native =
    [
        (CheckTable.NativeAttachMetadata, LoadStranger),
        (CheckTable.NativeAttachVersion, b => b.LoadModule(f => f with { Bpf2cVersion = new Version(0, 20, 9) }).Status),
        (CheckTable.NativeAttachProgram, b => b.LoadModule(f => f with { Programs = [] }).Status),
        (CheckTable.NativeAttachMap, b => b.LoadModule(f => f with { Maps = [f.Maps[0] with { Name = null }] }).Status),
        (CheckTable.NativeAttachValues, b => b.LoadModule(f => f with { InitialValues = [new NativeInitialValues("Next", null!)] }).Status),
        (CheckTable.NativeAttachAuthorized, b => b.LoadModule(authorized: []).Status),
        (CheckTable.NativeAttachHash, b => b.LoadModule(authorized: [1, 2, 3]).Status),
        (CheckTable.NativeAttachUnique, b =>
        {
            b.LoadModule().Expect(EbpfResult.Success);
            return b.LoadCopy(RefusalBench.ModuleId).Status;
        }),
        (CheckTable.NativeLoadName, b => b.User.Send(
            EbpfOperationId.LoadNativeModule, new LoadNativeModuleRequest { ModuleId = RefusalBench.ModuleId }, [1, 0, 2], 32).Status),
        (CheckTable.NativeModulePresent, b => b.User.LoadModule("nobody", RefusalBench.ModuleId).Status),
        (CheckTable.NativeModuleGoing, LoadWhileGoing),
        (CheckTable.NativeLoadImage, b =>
        {
            b.LoadModule().Expect(EbpfResult.Success);
            Guid other = new("dddddddd-0000-0000-0000-000000000002");
            Assert.Equal(NtStatus.Success, b.Machine.Machine.Services.Create("second", "counter.sys", other));
            b.User.Authorize(other, RefusalBench.Contents).Expect(EbpfResult.Success);
            return b.User.LoadModule("second", other).Status;
        }),
        (CheckTable.NativeLoadOnce, b =>
        {
            b.LoadModule().Expect(EbpfResult.Success);
            return b.User.LoadModule(RefusalBench.ModuleId.ToString(), RefusalBench.ModuleId).Status;
        }),
        (CheckTable.NativeProgramsState, b =>
        {
            b.LoadPrograms(f => f).Expect(EbpfResult.Success);
            return b.User.LoadPrograms(RefusalBench.ModuleId, 7).Status;
        }),
        (CheckTable.NativeProgramsRoom, b =>
        {
            b.LoadModule().Expect(EbpfResult.Success);
            return b.User.LoadPrograms(RefusalBench.ModuleId, 6).Status;
        }),
        (CheckTable.NativeMapPinning, b => b.LoadProgramsWith(0, m => m with { Pinning = (EbpfPinType)2 }).Status),
        (CheckTable.NativeMapPinPath, b => b.LoadProgramsWith(4, m => m with { Name = "a:b" }).Status),
        (CheckTable.NativeMapTemplate, b => b.LoadProgramsWith(2, m => m with { InnerMap = null }).Status),
        (CheckTable.NativeReuseType, b => b.LoadProgramsBeside(BpfMapType.Hash).Status),
        (CheckTable.NativeReuseKeySize, b => b.LoadProgramsBeside(BpfMapType.Array, keySize: 8).Status),
        (CheckTable.NativeReuseValueSize, b => b.LoadProgramsBeside(BpfMapType.Array, valueSize: 16).Status),
        (CheckTable.NativeReuseMaxEntries, b => b.LoadProgramsBeside(BpfMapType.Array, maxEntries: 3).Status),
        (CheckTable.NativeReuseTemplate, ReuseWithoutTemplate),
        (CheckTable.NativeProgramName, b => b.LoadProgramsWith(p => p with { Name = "" }).Status),
        (CheckTable.NativeProgramSection, b => b.LoadProgramsWith(p => p with { Section = new string('s', 64) }).Status),
        (CheckTable.NativeProgramMap, b => b.LoadProgramsWith(p => p with { Maps = [5] }).Status),
        (CheckTable.NativeValuesMap, b => b.LoadPrograms(f => f with { InitialValues = [new("Nobody", ["Row"])] }).Status),
        (CheckTable.NativeValuesType, b => b.LoadPrograms(f => f with { InitialValues = [new("counts", ["Row"])] }).Status),
        (CheckTable.NativeValuesName, b => b.LoadPrograms(f => f with { InitialValues = [new("Table", [null, "Nobody"])] }).Status),
        (CheckTable.NativeValuesKeySize, b => b.LoadProgramsWith(2, m => m with { Type = BpfMapType.HashOfMaps, KeySize = 65 }).Status),
        (CheckTable.NativeGlobalsSize, b => b.LoadPrograms(f => f with { GlobalVariables = [new("counts", new byte[1])] }).Status),
    ];

    private static NtStatus ReuseWithoutTemplate(RefusalBench bench)
    {
        TestMap template = bench.User.NewMap(BpfMapType.Hash, maxEntries: 4);
        NtHandle table = bench.User.NewMap(BpfMapType.ArrayOfMaps, valueSize: 4, maxEntries: 2, template: template.Handle).Handle;
        bench.User.Pin(table, @"BPF:\Table"u8).Expect(EbpfResult.Success);
        bench.User.Close(template.Handle).Expect(EbpfResult.Success);
        bench.Machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        return bench.LoadProgramsWith(2, m => m with { Pinning = EbpfPinType.ByName }).Status;
    }

    /// <summary>Loads a module whose driver shows something else than a metadata table.</summary>
    private static NtStatus LoadStranger(RefusalBench bench)
    {
        DriverImage image = new("stranger.sys", new byte[1], _ => new StrangerDriver());
        return bench.User.LoadModule(bench.Machine.NewService(image, RefusalBench.ModuleId), RefusalBench.ModuleId).Status;
    }

    /// <summary>Loads a module whose driver has begun to go, and cannot while its programs live.</summary>
    private static NtStatus LoadWhileGoing(RefusalBench bench)
    {
        bench.LoadPrograms(f => f).Expect(EbpfResult.Success);
        NetworkModuleRegistrar registrar = bench.Machine.Machine.Nmr;
        NmrModule client = registrar.Modules.Single(m => m.ModuleId == RefusalBench.ModuleId);
        bench.Machine.InKernel(current => Assert.Equal(NtStatus.Pending, registrar.Deregister(current, client)));
        return bench.User.LoadModule(RefusalBench.ModuleId.ToString(), RefusalBench.ModuleId).Status;
    }

    private sealed class StrangerDriver : IDriver
    {
        public string Name => "stranger";

        public NtStatus DriverEntry(KeThread current, DriverObject driver)
        {
            StrangerClient client = new();
            driver.Unload = d => d.Machine.Nmr.Deregister(KeThread.Current, client);
            return driver.Machine.Nmr.Register(current, client);
        }
    }

    private sealed class StrangerClient() : NmrClient(EbpfNpi.NativeModule, RefusalBench.ModuleId)
    {
        public override NtStatus AttachProvider(KeThread current, NmrBinding binding) =>
            binding.Attach(current, clientContext: null, clientDispatch: "no table");

        public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;
    }
}
