//! Settings of tables and workloads that came behind 24.8: which releases refuse them (115, 36).
//!
//! Decides by name alone, from `system.merge_tree_settings` of the releases that were measured, 24.8 to 26.9, and from
//! what each of them said of a workload with the setting; no setting went away among them. A release between two of them is unknown. What stands in none of them is the engine's to refuse.
//! Settings of SharedMergeTree are left out: ClickHouse Cloud has its own releases.

use crate::diag::{Diagnostic, Severity, code};
use crate::model::{EngineFamily, ObjectId};

use super::ServerVersion;
use super::piece::Piece;

/// Settings that came together.
struct Arrivals {
    /// The last release that was seen without them.
    unknown_to: ServerVersion,
    /// The first that was seen with them.
    known_to: ServerVersion,
    names: &'static [&'static str],
}

/// Of MergeTree and its kin.
const MERGE_TREE: &[Arrivals] = &[
    Arrivals {
        unknown_to: ServerVersion::new(24, 8),
        known_to: ServerVersion::new(25, 5),
        names: &[
            "adaptive_write_buffer_initial_size",
            "add_minmax_index_for_numeric_columns",
            "add_minmax_index_for_string_columns",
            "allow_experimental_reverse_key",
            "allow_reduce_blocking_parts_task",
            "allow_summing_columns_in_partition_or_order_key",
            "apply_patches_on_merge",
            "columns_and_secondary_indices_sizes_lazy_calculation",
            "columns_to_prewarm_mark_cache",
            "default_compression_codec",
            "enable_index_granularity_compression",
            "enable_max_bytes_limit_for_min_age_to_force_merge",
            "enable_replacing_merge_with_cleanup_for_min_age_to_force_merge",
            "enforce_index_structure_match_on_partition_manipulation",
            "lightweight_mutation_projection_mode",
            "materialize_skip_indexes_on_merge",
            "max_merge_delayed_streams_for_parallel_write",
            "max_postpone_time_for_failed_replicated_fetches_ms",
            "max_postpone_time_for_failed_replicated_merges_ms",
            "max_postpone_time_for_failed_replicated_tasks_ms",
            "merge_max_bytes_to_prewarm_cache",
            "merge_selector_algorithm",
            "merge_selector_base",
            "merge_selector_blurry_base_scale_factor",
            "merge_selector_enable_heuristic_to_remove_small_parts_at_right",
            "merge_selector_window_size",
            "merge_total_max_bytes_to_prewarm_cache",
            "min_bytes_to_prewarm_caches",
            "min_free_disk_bytes_to_perform_insert",
            "min_free_disk_ratio_to_perform_insert",
            "min_parts_to_merge_at_once",
            "notify_newest_block_number",
            "number_of_partitions_to_consider_for_merge",
            "prewarm_mark_cache",
            "prewarm_primary_key_cache",
            "reduce_blocking_parts_sleep_ms",
            "refresh_parts_interval",
            "remove_unused_patch_parts",
            "table_disk",
            "use_adaptive_write_buffer_for_dynamic_subcolumns",
            "use_const_adaptive_granularity",
            "use_primary_key_cache",
            "write_marks_for_substreams_in_compact_parts",
            "zero_copy_merge_mutation_min_parts_size_sleep_no_scale_before_lock",
        ],
    },
    Arrivals {
        unknown_to: ServerVersion::new(25, 5),
        known_to: ServerVersion::new(25, 8),
        names: &[
            "allow_coalescing_columns_in_partition_or_order_key",
            "allow_part_offset_column_in_projections",
            "cache_populated_by_fetch_filename_regexp",
            "dynamic_serialization_version",
            "max_uncompressed_bytes_in_patches",
            "object_serialization_version",
            "object_shared_data_buckets_for_compact_part",
            "object_shared_data_buckets_for_wide_part",
            "object_shared_data_serialization_version",
            "object_shared_data_serialization_version_for_zero_level_parts",
            "search_orphaned_parts_disks",
        ],
    },
    Arrivals {
        unknown_to: ServerVersion::new(25, 8),
        known_to: ServerVersion::new(26, 1),
        names: &[
            "alter_column_secondary_index_mode",
            "auto_statistics_types",
            "escape_index_filenames",
            "escape_variant_subcolumn_filenames",
            "exclude_materialize_skip_indexes_on_merge",
            "materialize_statistics_on_merge",
            "merge_max_dynamic_subcolumns_in_compact_part",
            "merge_max_dynamic_subcolumns_in_wide_part",
            "merge_selector_enable_heuristic_to_lower_max_parts_to_merge_at_once",
            "merge_selector_heuristic_to_lower_max_parts_to_merge_at_once_exponent",
            "min_columns_to_activate_adaptive_write_buffer",
            "min_level_for_full_part_storage",
            "min_level_for_wide_part",
            "nullable_serialization_version",
            "refresh_statistics_interval",
            "serialization_info_version",
            "string_serialization_version",
            "vertical_merge_optimize_lightweight_delete",
        ],
    },
    Arrivals {
        unknown_to: ServerVersion::new(26, 1),
        known_to: ServerVersion::new(26, 3),
        names: &[
            "add_minmax_index_for_temporal_columns",
            "clone_replica_zookeeper_create_get_part_batch_size",
            "distributed_index_analysis_min_indexes_bytes_to_activate",
            "distributed_index_analysis_min_parts_to_activate",
            "map_buckets_coefficient",
            "map_buckets_min_avg_size",
            "map_buckets_strategy",
            "map_serialization_version",
            "map_serialization_version_for_zero_level_parts",
            "max_buckets_in_map",
            "propagate_types_serialization_versions_to_nested_types",
            "table_readonly",
            "vertical_merge_optimize_ttl_delete",
        ],
    },
    Arrivals {
        unknown_to: ServerVersion::new(26, 3),
        known_to: ServerVersion::new(26, 5),
        names: &[
            "add_minmax_index_for_block_number_column",
            "add_minmax_index_for_block_offset_column",
            "allow_commit_order_projection",
            "compress_per_column_in_compact_parts",
            "concurrent_part_removal_threshold_for_remote_disk",
            "part_minmax_index_columns",
            "replicated_fetches_min_part_level",
            "replicated_fetches_min_part_level_timeout_seconds",
            "share_nested_offsets",
        ],
    },
    Arrivals {
        unknown_to: ServerVersion::new(26, 5),
        known_to: ServerVersion::new(26, 7),
        names: &[
            "allow_dimensions_outside_sorting_key",
            "allow_experimental_text_index_phrase_search",
            "allow_minmax_index_for_json",
            "allow_tuple_element_aggregation",
            "compute_exact_num_defaults_for_sparse_columns",
            "dead_blobs_to_delay_insert",
            "dead_blobs_to_throw_insert",
            "deduplication_hashes_cache_update_wait_ms",
            "materialize_projections_on_insert",
            "materialize_projections_on_merge",
            "packed_skip_index_max_bytes",
            "text_index_dictionary_block_frontcoding_compression",
            "text_index_dictionary_block_size",
            "text_index_posting_list_block_size",
            "text_index_posting_list_codec",
        ],
    },
    Arrivals {
        unknown_to: ServerVersion::new(26, 7),
        known_to: ServerVersion::new(26, 9),
        names: &[
            "always_fetch_mutated_part",
            "enable_adaptive_codec_selection",
            "max_table_size_bytes_compressed",
            "max_table_size_bytes_uncompressed",
            "max_table_size_rows",
            "merge_use_batch_sorting_queue",
            "min_partition_age_to_force_merge_seconds",
            "object_shared_data_target_chunk_rows",
            "patch_parts_version",
            "skip_empty_columns_on_insert",
            "text_index_max_memory_usage_before_flush",
            "text_index_max_processed_tokens_before_flush",
            "text_index_serialization_version",
        ],
    },
];

/// Of Kafka, measured by creating a table with each.
const KAFKA: &[Arrivals] = &[
    Arrivals {
        unknown_to: ServerVersion::new(24, 8),
        known_to: ServerVersion::new(25, 5),
        names: &[
            "kafka_sasl_mechanism",
            "kafka_sasl_password",
            "kafka_sasl_username",
            "kafka_security_protocol",
        ],
    },
    Arrivals {
        unknown_to: ServerVersion::new(25, 8),
        known_to: ServerVersion::new(26, 1),
        names: &[
            "kafka_compression_codec",
            "kafka_compression_level",
            "kafka_consumer_reschedule_ms",
        ],
    },
    Arrivals {
        unknown_to: ServerVersion::new(26, 3),
        known_to: ServerVersion::new(26, 5),
        names: &["kafka_autodetect_client_rack"],
    },
];

/// Of workloads, measured by creating one with each.
const WORKLOAD: &[Arrivals] = &[
    Arrivals {
        unknown_to: ServerVersion::new(25, 5),
        known_to: ServerVersion::new(25, 8),
        names: &[
            "max_burst_cpu_seconds",
            "max_burst_queries",
            "max_concurrent_queries",
            "max_cpu_share",
            "max_cpus",
            "max_queries_per_second",
            "max_waiting_queries",
        ],
    },
    Arrivals {
        unknown_to: ServerVersion::new(26, 5),
        known_to: ServerVersion::new(26, 7),
        names: &["max_memory", "precedence"],
    },
];

/// What a server of this version says of the settings of a table or of a workload.
pub(super) fn check(piece: &Piece<'_>, object: &ObjectId, version: ServerVersion) -> Vec<Diagnostic> {
    let (arrivals, used): (_, Vec<&str>) = match piece {
        Piece::Settings(engine, settings) => {
            let arrivals = match engine.family() {
                EngineFamily::MergeTree => MERGE_TREE,
                EngineFamily::Other if engine.name == "Kafka" => KAFKA,
                EngineFamily::Other => return Vec::new(),
            };
            (arrivals, settings.0.keys().map(String::as_str).collect())
        }
        Piece::Workload(workload) => {
            let names = workload.settings.iter().map(|setting| setting.name.as_str());
            (WORKLOAD, names.collect())
        }
        _ => return Vec::new(),
    };
    let late = arrivals.iter().filter(|arrivals| version < arrivals.known_to);
    late.flat_map(|arrivals| {
        let named = arrivals.names.iter().filter(|name| used.contains(*name));
        named.map(|name| {
            let (severity, message) = if version <= arrivals.unknown_to {
                let message = format!("the setting `{name}` is unknown to ClickHouse {version}");
                (Severity::Error, message)
            } else {
                let message = format!(
                    "the setting `{name}` may be unknown to ClickHouse {version}, which was not measured"
                );
                (Severity::Warning, message)
            };
            let help = format!("leave it out; it is known from {} on", arrivals.known_to);
            Diagnostic::new(code::LATER_SETTING, severity, object.to_string(), message).help(help)
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_come_once() {
        for table in [MERGE_TREE, KAFKA, WORKLOAD] {
            assert!(table.is_sorted_by(|one, next| one.known_to <= next.unknown_to));
            assert!(
                table
                    .iter()
                    .all(|arrivals| arrivals.names.is_sorted_by(|one, next| one < next))
            );
            let mut names: Vec<&str> = table
                .iter()
                .flat_map(|arrivals| arrivals.names)
                .copied()
                .collect();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count);
        }
    }
}
