namespace KernelSim.Tracing;

/// <content>The ids of the events.</content>
public sealed partial class KernelEventSource
{
    /// <summary>The id of each event, as traces and manifests have it. An id is never used again.</summary>
    private static class Ids
    {
        public const int IoctlStart = 1;
        public const int IoctlStop = 2;
        public const int Copy = 3;
        public const int SizeCheck = 4;
        public const int InvalidArgument = 5;
        public const int AccessViolation = 6;
        public const int IrpPending = 7;
        public const int IrpCancel = 8;
        public const int MachineStart = 9;
        public const int MachineStop = 10;
        public const int Bugcheck = 11;
        public const int ProcessStart = 12;
        public const int ProcessStop = 13;
        public const int DriverLoad = 14;
        public const int DriverUnload = 15;
        public const int DeviceCreate = 16;
        public const int HandleCreate = 17;
        public const int HandleClose = 18;
        public const int DpcRun = 19;
        public const int PoolAllocate = 20;
        public const int PoolFree = 21;
        public const int MapCreate = 22;
        public const int MapDelete = 23;
        public const int MapLayout = 24;
        public const int EpochAdvance = 25;
        public const int EpochRetire = 26;
        public const int RingSubmit = 100;
        public const int RingDiscard = 101;
        public const int RingLost = 102;
        public const int RingWakeup = 103;
        public const int RingReturn = 104;
        public const int RingQueryComplete = 105;
        public const int ViewMap = 106;
        public const int ViewUnmap = 107;
        public const int ProgramCreate = 110;
        public const int ProgramDelete = 111;
        public const int ProgramLoad = 112;
        public const int ProgramInvoke = 113;
        public const int TailCall = 114;
        public const int Printk = 115;
        public const int ProviderAttach = 116;
        public const int ProviderDetach = 117;
        public const int TestRunBegin = 118;
        public const int TestRunEnd = 119;
        public const int NativeModuleAttach = 120;
        public const int NativeModuleLoad = 121;
        public const int NativeModulePrograms = 122;
        public const int NativeModuleUnload = 123;
        public const int MapHelper = 124;
        public const int Instruction = 125;
        public const int InstructionsNotRecorded = 126;
        public const int ProgramFault = 127;
        public const int LinkAttach = 130;
        public const int LinkDetach = 131;
        public const int HookInvoke = 132;
        public const int ExtensionAttach = 133;
        public const int ExtensionDetach = 134;
        public const int EpochPropose = 150;
        public const int EpochCommit = 151;
        public const int EpochTimerSet = 152;
        public const int EpochTimerFire = 153;
        public const int EpochWorkQueue = 154;
        public const int EpochWorkRun = 155;
    }
}
