using Microsoft.Extensions.Logging;

namespace Assay.Gateway;

/// <summary>The data plane's log events. None of them carries a header, a body or a key.</summary>
internal sealed partial class GatewayLog(ILogger<GatewayLog> logger)
{
    private readonly ILogger logger = logger;

    [LoggerMessage(1, LogLevel.Error, "Experiment {Experiment} failed; control is served")]
    public partial void ExperimentFailed(Exception exception, string experiment);

    [LoggerMessage(2, LogLevel.Error, "{Count} exposures could not be made durable; their units are not counted")]
    public partial void ExposureLost(Exception exception, int count);

    [LoggerMessage(3, LogLevel.Error, "{Count} generation events could not be made durable yet; retrying")]
    public partial void GenerationsDelayed(Exception exception, int count);

    [LoggerMessage(4, LogLevel.Error, "{Count} generation events are lost: the spool is unavailable and the queue is full or closing")]
    public partial void GenerationsLost(long count);

    [LoggerMessage(5, LogLevel.Warning, "Upstream {Upstream} failed: {Code} {Reason}")]
    public partial void UpstreamFailed(string upstream, string code, string reason);

    [LoggerMessage(6, LogLevel.Information, "Upstream {Upstream} refuses stream_options; token counts of its streams stay unknown")]
    public partial void UsageRefused(string upstream);

    [LoggerMessage(7, LogLevel.Error, "The answer of upstream {Upstream} could not be measured")]
    public partial void MeasuringFailed(Exception exception, string upstream);

    [LoggerMessage(8, LogLevel.Error, "A request failed by a defect")]
    public partial void RequestFailed(Exception exception);
}
