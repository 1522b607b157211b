namespace KernelSim.Nt.Ke;

/// <summary>The system calls that the flight recorder names. Control requests have records of their own.</summary>
internal enum SystemCallNumber
{
    NtDeviceIoControlFile = 0,
    NtCreateFile = 1,
    NtCancelIoFile = 2,
    NtClose = 3,
    NtDuplicateObject = 4,
    NtCreateEvent = 5,
    NtWaitForSingleObject = 6,
    NtSetEvent = 7,
    NtClearEvent = 8,
    NtMapViewOfSection = 9,
    NtUnmapViewOfSection = 10,
    ReadImage = 11,
    CreateService = 12,
    DeleteService = 13,
    NtTerminateProcess = 14,
    UnhandledFault = 15,
}
