namespace KernelSim.Nt.Io;

/// <summary>The kind of a request.</summary>
public enum IrpMajorFunction : byte
{
    /// <summary>IRP_MJ_CREATE: a handle is being opened.</summary>
    Create = 0x00,

    /// <summary>IRP_MJ_CLOSE: the file object's last reference was dropped.</summary>
    Close = 0x02,

    /// <summary>IRP_MJ_READ.</summary>
    Read = 0x03,

    /// <summary>IRP_MJ_WRITE.</summary>
    Write = 0x04,

    /// <summary>IRP_MJ_QUERY_VOLUME_INFORMATION.</summary>
    QueryVolumeInformation = 0x0A,

    /// <summary>IRP_MJ_DEVICE_CONTROL.</summary>
    DeviceControl = 0x0E,

    /// <summary>IRP_MJ_CLEANUP: the last handle was closed.</summary>
    Cleanup = 0x12,
}
