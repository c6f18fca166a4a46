namespace Assay.Statistics;

/// <summary>Relative difference of two independent estimates, as a fraction: .08 is "8 % more than the control".</summary>
/// <param name="Lift">(treatment − control) / |control|.</param>
/// <param name="StandardError">Delta-method standard error of the lift.</param>
/// <param name="PValue">Of lift = 0 for the alternative asked for. Display only: decisions use the p-value of the absolute difference.</param>
/// <param name="Interval">At level 1 − alpha; one end is infinite for a one-sided alternative.</param>
public readonly record struct LiftComparison(double Lift, double StandardError, double PValue, Interval Interval);
